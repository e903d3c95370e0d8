package io.usr1.target;

import java.util.List;

/**
 * One call that is not made while the flag is clear: a locked removal of what was never in the list. Its arguments are
 * still evaluated.
 *
 * @param call   which
 * @param lock   the lock that the callee takes, null if that is in a class of the JDK
 * @param result what the call yields then
 * @param pure   calls of the callee that read and nothing else
 */
public record SkipSpec(MethodRef method, String role, CallSite call, CarrierPath carrier, String lock, List<WhenClear> whenClear,
                       Condition when, Answer result, List<MethodRef> pure) implements Bypass {

    public SkipSpec {
        whenClear = List.copyOf(whenClear);
        pure = List.copyOf(pure);
    }
}

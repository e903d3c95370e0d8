package io.usr1.target;

import java.util.List;

/**
 * A method that answers without its lock while the flag is clear.
 *
 * @param answer what it answers
 * @param pure   calls of the method that read and nothing else, so nothing is missed where they are not made
 */
public record AnswerSpec(MethodRef method, String role, CarrierPath carrier, String lock, List<WhenClear> whenClear, Condition when,
                         Answer answer, List<MethodRef> pure) implements Bypass {

    public AnswerSpec {
        whenClear = List.copyOf(whenClear);
        pure = List.copyOf(pure);
    }
}

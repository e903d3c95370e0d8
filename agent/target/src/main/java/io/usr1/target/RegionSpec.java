package io.usr1.target;

import java.util.List;

/**
 * A lock region that is bypassed while the flag is clear: HAProxy's wake.
 *
 * @param omitted      calls that only count the acquisition, and go with it; the weaver checks that they do no more
 * @param allowedCalls calls that may stay in the region without the lock
 * @param owner        with {@link Ownership.MovesOwner}: how this method reaches the object that knows the owner; else null
 */
public record RegionSpec(MethodRef method, String role, CarrierPath carrier, String lock, List<WhenClear> whenClear, Condition when,
                         List<MethodRef> omitted, List<MethodRef> allowedCalls, CarrierPath owner) implements Bypass {

    public RegionSpec {
        whenClear = List.copyOf(whenClear);
        omitted = List.copyOf(omitted);
        allowedCalls = List.copyOf(allowedCalls);
    }
}

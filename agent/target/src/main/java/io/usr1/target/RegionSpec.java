package io.usr1.target;

import java.util.List;

/**
 * A lock region that is bypassed while the flag is clear: HAProxy's wake.
 *
 * @param method       the wake
 * @param role         the word for it in events, {@code wake} by default
 * @param carrier      whose flag
 * @param lock         id of the lock whose region goes
 * @param whenClear    what reads in the region yield when the flag is clear (HAProxy's {@code conn_in_list = 0})
 * @param omitted      calls that only count the acquisition, and go with it; the weaver checks that they do no more
 * @param allowedCalls calls that may stay in the region without the lock
 */
public record RegionSpec(MethodRef method, String role, CarrierPath carrier, String lock, List<WhenClear> whenClear,
                         List<MethodRef> omitted, List<MethodRef> allowedCalls) {

    public RegionSpec {
        whenClear = List.copyOf(whenClear);
        omitted = List.copyOf(omitted);
        allowedCalls = List.copyOf(allowedCalls);
    }
}

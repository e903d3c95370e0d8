package io.usr1.target;

/** Why a region may trust the flag: what keeps the thread that wakes and the thread that marks in order. */
public sealed interface Ownership {

    /**
     * HAProxy's way: a takeover gives the connection a new carrier. The stolen one keeps its SET for ever and its
     * context is null, so its late wake takes the lock and finds that out.
     *
     * @param carrierField  the connection's field that holds its carrier
     * @param contextField  the carrier's field that a takeover nulls
     * @param takeover      the only method, besides constructors, that writes either
     */
    record ReplacesCarrier(FieldRef carrierField, FieldRef contextField, MethodRef takeover) implements Ownership {
    }
}

package io.usr1.target;

import java.util.List;

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

    /**
     * The connection says whose it is, and a takeover changes that under the list's lock, before the flag is cleared for
     * the new owner. A wake reads the flag, <em>then</em> the owner, and bypasses only on the owner's thread.
     *
     * @param owner     the field of type {@code Thread} that a takeover writes
     * @param question  a method without parameters that answers whether the current thread is the owner; null if the
     *                  field itself is compared
     * @param takeovers the only methods, besides constructors, that write the field
     * @param lock      id of the list's lock, held wherever the field is written
     */
    record MovesOwner(FieldRef owner, MethodRef question, List<MethodRef> takeovers, String lock) implements Ownership {

        public MovesOwner {
            takeovers = List.copyOf(takeovers);
        }
    }

    /**
     * No two threads are ever in a site for one carrier, because of who calls it.
     *
     * @param callers all of them, each with the reason why it is alone
     */
    record Exclusive(List<Caller> callers) implements Ownership {

        public Exclusive {
            callers = List.copyOf(callers);
        }
    }

    /**
     * A method that calls a site.
     *
     * @param because one sentence
     */
    record Caller(MethodRef method, String because) {
    }
}

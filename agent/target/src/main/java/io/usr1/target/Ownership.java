package io.usr1.target;

import java.util.List;

/** Why a region may trust the flag: what keeps the thread that wakes and the thread that marks in order. */
public sealed interface Ownership {

    /**
     * HAProxy's way: a takeover gives the connection a new carrier, on each of its layers. The stolen one keeps its SET for
     * ever and its context is null, so its late wake takes the lock and finds that out.
     *
     * @param layers   one for each of the target's carriers, in their order
     * @param takeover the only method, besides constructors, that writes the fields of any
     */
    record ReplacesCarrier(List<Layer> layers, MethodRef takeover) implements Ownership {

        public ReplacesCarrier {
            layers = List.copyOf(layers);
        }

        /** With one layer. */
        public ReplacesCarrier(FieldRef carrierField, FieldRef contextField, MethodRef takeover) {
            this(List.of(new Layer(CarrierSpec.ONLY, carrierField, contextField, null)), takeover);
        }
    }

    /**
     * One layer of a connection, with a wake handle of its own: HAProxy's mux, and its SSL layer below.
     *
     * @param name         that of its {@link CarrierSpec}
     * @param carrierField the field that holds its carrier, of the connection or of what {@code via} holds
     * @param contextField the carrier's field that a takeover nulls
     * @param via          the connection's field that holds the layer's own object, null for ever in a connection without
     *                     this layer; null if the connection itself holds the carrier
     */
    record Layer(String name, FieldRef carrierField, FieldRef contextField, FieldRef via) {

        /** Binary name of the class of the connection. */
        public String connection() {
            return via == null ? carrierField.owner() : via.owner();
        }
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

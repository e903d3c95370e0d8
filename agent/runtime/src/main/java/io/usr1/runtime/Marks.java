package io.usr1.runtime;

/**
 * SET and CLEAR, as woven at the target's transitions.
 *
 * <p>SET is called before the connection becomes reachable from the idle list, CLEAR after it left, on the carrier that
 * the taker now owns. Both are calls of one volatile write: in Java's memory model that write is ordered before the
 * list's lock is taken for the insert, so whoever finds the connection in the list also finds the flag set.
 */
public final class Marks {

    private Marks() {
    }

    /**
     * Marks a carrier that is about to be inserted.
     *
     * @param carrier null shuts the gate: something is being inserted whose carrier cannot be found, so the carrier that
     *                will be woken for it may read CLEAR. A foreign object needs no mark: it never passes the gate.
     */
    public static void set(Object carrier, Gate gate) {
        if (carrier instanceof Carrier) {
            Trail.marked((Carrier) carrier, gate);
            ((Carrier) carrier).usr1$flag(Flag.SET);
            // Told when it is done, so that nothing that goes wrong in telling can cost the mark.
            if (Sinks.tracing()) {
                tell(carrier, gate, true);
            }
        } else if (carrier == null) {
            gate.shut("a connection was inserted whose carrier was null, so it could not be marked");
        }
    }

    /**
     * Marks all carriers in a collection of the JDK that is about to be emptied, where a clear flag means "in it". Under the
     * lock that guards the collection.
     *
     * @param collection shuts the gate if it is of another class, which could hide some of them, or cannot be walked
     */
    public static void setEach(Object collection, Gate gate) {
        try {
            if (collection.getClass().getClassLoader() != null) {
                gate.shut("a collection of " + collection.getClass().getName() + " was emptied, whose elements could not be marked");
                return;
            }
            for (Object element : (Iterable<?>) collection) {
                if (element instanceof Carrier) {
                    set(element, gate);
                }
            }
        } catch (Throwable fault) {
            gate.shut("a collection was emptied whose elements could not be marked (" + fault + ")");
        }
    }

    /** Marks a carrier whose connection was taken out and is now owned by this thread. Null is left alone: safe, only slow. */
    public static void clear(Object carrier, Gate gate) {
        if (carrier instanceof Carrier) {
            Trail.cleared((Carrier) carrier);
            ((Carrier) carrier).usr1$flag(Flag.CLEAR);
            if (Sinks.tracing()) {
                tell(carrier, gate, false);
            }
        }
    }

    /** Marks a copy that {@code clone()} made: it has the original's flag and not its history. Returns the copy. */
    public static Object copied(Object copy) {
        if (copy instanceof Carrier) {
            ((Carrier) copy).usr1$trail(null);
            ((Carrier) copy).usr1$flag(Flag.UNKNOWN);
        }
        return copy;
    }

    /**
     * Marks a carrier right after its superclass constructor returned: no other thread can know it yet, and while its
     * flag is UNKNOWN no transition has seen it either.
     */
    public static void born(Object carrier) {
        if (carrier instanceof Carrier && ((Carrier) carrier).usr1$flag() == Flag.UNKNOWN) {
            ((Carrier) carrier).usr1$flag(Flag.CLEAR);
        }
    }

    private static void tell(Object carrier, Gate gate, boolean set) {
        Sink sink = Sinks.current();
        try {
            if (!gate.observing()) {
                return;
            }
            if (set) {
                sink.inserting(carrier, gate);
            } else {
                sink.attached(carrier, gate);
            }
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
        }
    }

    /** True unless null: an answer without a branch of its own, so the dispatcher needs one frame only. */
    public static boolean present(Object value) {
        return value != null;
    }
}

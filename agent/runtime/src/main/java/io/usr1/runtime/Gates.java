package io.usr1.runtime;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All gates, by number. A woven class knows only its gate's number, a constant, so that the weave of a class is the same
 * bytes each time it is repeated; it turns the number into the gate once, in its static initialiser.
 *
 * <p>A gate refers to no class and no loader, so nothing is kept alive by standing here.
 */
public final class Gates {

    private static final ConcurrentHashMap<Integer, Gate> GATES = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private Gates() {
    }

    /** Makes a gate, shut until its classes report. */
    public static Gate create(String target, String loader, Mode mode) {
        Gate gate = new Gate(NEXT.getAndIncrement(), target, loader, mode);
        GATES.put(gate.number(), gate);
        return gate;
    }

    /** Called by the static initialiser of each woven class; an unknown number gets a gate that never opens. */
    public static Gate of(int number) {
        Gate gate = GATES.get(number);
        if (gate == null) {
            // Cannot happen while the agent keeps a gate as long as its loader; were it to happen, an exception here
            // would be an ExceptionInInitializerError in the application. A gate that stays shut is harmless.
            gate = new Gate(number, "unknown", "unknown", Mode.OFF);
            gate.shut("the gate of these classes was dropped while they were in use");
            Gate other = GATES.putIfAbsent(number, gate);
            return other == null ? gate : other;
        }
        return gate;
    }

    /**
     * Called by woven classes that were loaded before they could get a field for it: at each acquisition.
     *
     * @return as {@link Gate#site(int)} of that gate
     */
    public static Site site(int number, int index) {
        return of(number).site(index);
    }

    /** Forgets a gate whose class loader is gone. */
    public static void drop(Gate gate) {
        GATES.remove(gate.number(), gate);
    }

    /** A snapshot in no order. */
    public static List<Gate> all() {
        return List.copyOf(GATES.values());
    }
}

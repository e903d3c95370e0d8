package io.usr1.runtime;

/** How bypasses are counted: {@code cheap} (default), {@code exact} (each one, at once; for tests), or {@code off}. */
public final class Counters {

    private static volatile boolean exact;
    private static volatile boolean off;

    private Counters() {
    }

    /** Called by premain, before any class is woven; later calls have no effect. */
    public static void exact(boolean each) {
        exact = each;
    }

    /** Counts no bypass at all: to see what counting costs. Called by premain, before any class is woven. */
    public static void off(boolean none) {
        off = none;
    }

    static boolean exact() {
        return Fixed.EXACT;
    }

    static boolean off() {
        return Fixed.OFF;
    }

    /** Initialised by the first bypass, after premain: from then on constants for the JIT. */
    private static final class Fixed {
        static final boolean EXACT = exact;
        static final boolean OFF = off;
    }
}

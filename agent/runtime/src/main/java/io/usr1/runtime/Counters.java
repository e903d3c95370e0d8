package io.usr1.runtime;

/** How bypasses are counted: {@code cheap} (default) or {@code exact} (each one, at once; for tests). */
public final class Counters {

    private static volatile boolean chosen;

    private Counters() {
    }

    /** Called by premain, before any class is woven; later calls have no effect. */
    public static void exact(boolean exact) {
        chosen = exact;
    }

    static boolean exact() {
        return Fixed.EXACT;
    }

    /** Initialised by the first bypass, after premain: from then on a constant for the JIT. */
    private static final class Fixed {
        static final boolean EXACT = chosen;
    }
}

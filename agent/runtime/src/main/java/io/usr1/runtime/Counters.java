package io.usr1.runtime;

/** How bypasses are counted: {@code cheap} (default) or {@code exact} (each one, at once; for tests). */
public final class Counters {

    /** Fixed when the first woven class is initialised, so that the JIT sees a constant. */
    static final boolean EXACT = Choice.exact;

    private Counters() {
    }

    /** Called by premain, before any class is woven; later calls have no effect. */
    public static void exact(boolean exact) {
        Choice.exact = exact;
    }

    /** A class of its own: reading {@code EXACT} would fix it. */
    private static final class Choice {
        static volatile boolean exact;
    }
}

package sample.bench.wake;

import java.util.Locale;
import sample.bench.wake.pool.LockKind;

/**
 * What one fork measures.
 *
 * @param benchmark busy, set, idle or robbed
 * @param rounds    in how many rounds it runs; all if it is judged
 */
record Arm(String benchmark, LockKind kind, int threads, Variant variant, int rounds) {

    /** As raw figures and tables name the lock. */
    String lock() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The benchmark's method, or its group. */
    String method() {
        return benchmark + variant.suffix();
    }

    @Override
    public String toString() {
        return benchmark + ", " + lock() + ", " + threads + (threads == 1 ? " thread, " : " threads, ") + variant.label();
    }
}

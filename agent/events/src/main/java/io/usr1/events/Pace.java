package io.usr1.events;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets something that comes too often through only so often. One thread. */
final class Pace {

    /** Flight Recorder's periods come a little early now and then. */
    private static final long EARLY = Duration.ofMillis(100).toNanos();

    private final long nanos;
    private final LongSupplier clock;
    private long last;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    Pace(Duration period, LongSupplier clock) {
        this.nanos = period.toNanos();
        this.clock = clock;
        this.last = clock.getAsLong() - nanos;
    }

    /** True, and never again before the period is over. */
    boolean due() {
        long now = clock.getAsLong();
        if (now - last < nanos - EARLY) {
            return false;
        }
        last = now;
        return true;
    }
}

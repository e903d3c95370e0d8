package io.usr1.events;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket that holds a second's worth. Kept as the one instant at which the bucket will be full again (the
 * generic cell rate algorithm), so that taking a token is one compare-and-set.
 */
final class Limit {

    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final LongSupplier clock;
    private final AtomicLong fullAt;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    Limit(int perSecond, LongSupplier clock) {
        this.interval = Math.max(1, SECOND / perSecond);
        this.clock = clock;
        this.fullAt = new AtomicLong(clock.getAsLong());
    }

    /** False if there were too many. Any thread; does not block. */
    boolean take() {
        long now = clock.getAsLong();
        while (true) {
            long full = fullAt.get();
            long missing = Math.max(0, full - now);
            if (missing + interval > SECOND) {
                return false;
            }
            if (fullAt.compareAndSet(full, now + missing + interval)) {
                return true;
            }
        }
    }
}

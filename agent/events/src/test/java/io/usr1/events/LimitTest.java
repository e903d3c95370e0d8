package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    private long now;

    /** nanoTime may start anywhere and may pass the largest long. */
    @ParameterizedTest @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1_000_000})
    void takesASecondsWorthAtOnceAndThenOneAnInterval(long start) {
        now = start;
        Limit limit = new Limit(1000, () -> now);
        assertEquals(1000, takenOf(limit, 5000));
        now += 999_999;
        assertFalse(limit.take());
        now += 1;
        assertTrue(limit.take());
        assertFalse(limit.take());
    }

    @Test void aLongPauseFillsTheBucketAndNoMore() {
        Limit limit = new Limit(10, () -> now);
        now += 3_600_000_000_000L;
        assertEquals(10, takenOf(limit, 100));
    }

    private static int takenOf(Limit limit, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limit.take() ? 1 : 0;
        }
        return taken;
    }
}

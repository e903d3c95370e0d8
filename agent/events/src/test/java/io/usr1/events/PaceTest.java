package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong millis = new AtomicLong(Long.MAX_VALUE / 2_000_000);

    @Test void letsOneOfThreeThrough() {
        Pace pace = pace(Duration.ofSeconds(3));
        StringBuilder due = new StringBuilder();
        for (int second = 0; second < 9; second++) {
            due.append(pace.due() ? 'x' : '-');
            millis.addAndGet(second % 2 == 0 ? 990 : 1010); // A period comes a little early now and then.
        }
        assertEquals("x--x--x--", due.toString());
    }

    @Test void hasNoSayWithoutAPeriod() {
        Pace pace = pace(Duration.ZERO);
        assertTrue(pace.due() && pace.due() && pace.due());
    }

    @Test void waitsLong() {
        Pace pace = pace(Duration.ofHours(1));
        assertTrue(pace.due());
        millis.addAndGet(Duration.ofMinutes(59).toMillis());
        assertFalse(pace.due());
        millis.addAndGet(Duration.ofMinutes(1).toMillis());
        assertTrue(pace.due());
    }

    private Pace pace(Duration period) {
        return new Pace(period, () -> Duration.ofMillis(millis.get()).toNanos());
    }
}

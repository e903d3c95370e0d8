package io.usr1.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long SECOND = 1_000_000_000L;

    private final Timeline timeline = new Timeline();

    @Test void addsUpBySeconds() {
        timeline.waited(3 * SECOND, 10);
        timeline.waited(3 * SECOND + 5, 20);
        timeline.waited(5 * SECOND, 40);
        assertEquals(SECOND, timeline.widthNanos());
        assertEquals(30, timeline.bins().get(3L).waitNanos);
        assertEquals(40, timeline.bins().get(5L).waitNanos);
    }

    /** Nothing is lost when bins are put together, and a file that lies about its times takes no more room than one that does not. */
    @Test void staysSmallHoweverLongTheRecording() {
        for (long second = 0; second < 100_000; second++) {
            timeline.waited(second * SECOND, 1);
        }
        timeline.looked(Long.MAX_VALUE, 1, 2, 3);
        timeline.waited(Long.MIN_VALUE, 7);
        assertTrue(timeline.bins().size() <= 240, timeline.bins().size() + " bins");
        assertEquals(100_007, timeline.bins().values().stream().mapToLong(bin -> bin.waitNanos).sum());
        assertEquals(3, timeline.bins().values().stream().mapToLong(bin -> bin.looked).sum());
    }

    @Test void putsEachWaitWhereItsBoundSays() {
        for (long nanos : new long[] {0, 1000, 1001, 2000, 10_000_000_000L, 10_000_000_001L, Long.MAX_VALUE}) {
            timeline.waited(0, nanos);
        }
        long[] histogram = timeline.histogram();
        assertEquals(2, histogram[0]);
        assertEquals(1000, Timeline.bound(0));
        assertEquals(2, histogram[1]);
        assertEquals(2000, Timeline.bound(1));
        assertEquals(10_000_000_000L, Timeline.bound(histogram.length - 2));
        assertEquals(2, histogram[histogram.length - 1]);
        assertEquals(7, Arrays.stream(histogram).sum());
    }
}

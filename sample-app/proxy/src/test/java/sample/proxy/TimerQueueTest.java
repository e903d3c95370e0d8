package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private final TimerQueue timers = new TimerQueue();
    private final ConnectionTimer a = new ConnectionTimer(null);
    private final ConnectionTimer b = new ConnectionTimer(null);

    @Test
    void firesInOrderAndOnlyWhatIsDue() {
        timers.schedule(a, 20);
        timers.schedule(b, 10);
        assertNull(timers.pollDue(9));
        assertSame(b, timers.pollDue(30));
        assertSame(a, timers.pollDue(30));
        assertNull(timers.pollDue(30));
        assertEquals(ConnectionTimer.NEVER, timers.nextDue());
    }

    @Test
    void twoMayBeDueAtTheSameTime() {
        timers.schedule(a, 10);
        timers.schedule(b, 10);
        assertSame(a, timers.pollDue(10));
        assertSame(b, timers.pollDue(10));
    }

    @Test
    void movedOrRemovedItDoesNotFireAtItsOldTime() {
        timers.schedule(a, 10);
        timers.schedule(a, 50);
        timers.schedule(b, 10);
        timers.remove(b);
        timers.remove(b);
        assertNull(timers.pollDue(49));
        assertEquals(50, timers.nextDue());
    }
}

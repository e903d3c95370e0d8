package sample.proxy;

import java.util.TreeSet;

/** A loop's timers in the order of their due times. Owner thread only. */
final class TimerQueue {
    private final TreeSet<ConnectionTimer> timers = new TreeSet<>();
    private long serial;

    /** Queues the timer, or moves it. */
    void schedule(ConnectionTimer timer, long due) {
        remove(timer);
        timer.due = due;
        timer.serial = serial++;
        timers.add(timer);
    }

    void remove(ConnectionTimer timer) {
        if (timer.due != ConnectionTimer.NEVER) {
            timers.remove(timer);
            timer.due = ConnectionTimer.NEVER;
        }
    }

    /** Takes out the first timer that is due at {@code now}; null if none is. */
    ConnectionTimer pollDue(long now) {
        if (timers.isEmpty() || timers.first().due > now) {
            return null;
        }
        ConnectionTimer timer = timers.first();
        remove(timer);
        return timer;
    }

    /** When the next timer fires, {@link ConnectionTimer#NEVER} if there is none. */
    long nextDue() {
        return timers.isEmpty() ? ConnectionTimer.NEVER : timers.first().due;
    }
}

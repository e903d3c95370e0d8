package sample.proxy;

/**
 * Closes, every now and then, half of the idle connections that a loop has more than it has lately needed, the oldest first (HAProxy:
 * {@code srv_cleanup_idle_conns}). Only the owner closes: the thread is the loop's, and what it has unlinked nobody else can reach.
 */
final class Purge {
    private final EventLoop loop;
    private final long nanos;
    private long due = ConnectionTimer.NEVER;
    private int inFlight;
    private int mostInFlight;
    private int estimate;

    Purge(EventLoop loop, long millis) {
        this.loop = loop;
        this.nanos = millis * 1_000_000;
    }

    void begun() {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void over() {
        inFlight--;
    }

    /** When {@link #run} is to be called; {@link ConnectionTimer#NEVER} if there is nothing to purge. */
    long due() {
        if (nanos == 0 || loop.idle.size() == 0) {
            due = ConnectionTimer.NEVER;
        } else if (due == ConnectionTimer.NEVER) {
            due = loop.now() + nanos;
        }
        return due;
    }

    void run(long now) {
        if (due() > now) {
            return;
        }
        due = now + nanos;
        int excess = loop.idle.size() + inFlight - Math.max(mostInFlight, estimate);
        estimate = (estimate + mostInFlight) / 2;
        mostInFlight = inFlight;
        for (int left = (excess + 1) / 2; left > 0; left--) {
            BackConnection oldest = loop.idle.takeOldest();
            if (oldest == null) {
                return;
            }
            oldest.close();
            loop.counters.purged();
        }
    }
}

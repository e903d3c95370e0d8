package sample.proxy;

/**
 * Closes, every now and then, half of the idle connections that a loop has more than it has lately needed, the oldest first (HAProxy:
 * {@code srv_cleanup_idle_conns}). Only the owner closes: the thread is the loop's, and what it has unlinked nobody else can reach.
 */
final class Purge {
    private final EventLoop loop;
    private final long nanos;
    private long due = ConnectionTimer.NEVER;
    /** Connections with streams, now and at most since the last run. An HTTP/2 connection is one, whatever number of requests is on it. */
    private int used;
    private int mostUsed;
    private int estimate;

    Purge(EventLoop loop, long millis) {
        this.loop = loop;
        this.nanos = millis * 1_000_000;
    }

    /** One connection more of this loop's has streams. */
    void used() {
        used++;
        mostUsed = Math.max(mostUsed, used);
    }

    void unused() {
        used--;
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
        int excess = loop.idle.size() + used - Math.max(mostUsed, estimate);
        estimate = Math.max(mostUsed, (estimate + mostUsed) / 2);
        mostUsed = used;
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

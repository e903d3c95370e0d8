package sample.proxy;

/**
 * A connection's timer on one loop. Like the tasklet it has a context of its own, which a takeover nulls under the lock: the
 * connection must not be looked at before that check (HAProxy 48ce6a3ab).
 */
final class ConnectionTimer implements Comparable<ConnectionTimer> {
    static final long NEVER = Long.MAX_VALUE;

    /** Null once the connection was taken over. Written by the constructor and, under the lock, by a takeover. */
    volatile Connection context;
    /** When it fires, in nanoseconds of {@link EventLoop#now()}; {@link #NEVER} while not queued. Owner thread only. */
    long due = NEVER;
    /** Breaks ties in the queue. Owner thread only. */
    long serial;

    ConnectionTimer(Connection context) {
        this.context = context;
    }

    @Override
    public int compareTo(ConnectionTimer other) {
        int byDue = Long.compare(due, other.due);
        return byDue != 0 ? byDue : Long.compare(serial, other.serial);
    }
}

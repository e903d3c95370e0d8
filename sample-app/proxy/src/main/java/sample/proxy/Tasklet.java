package sample.proxy;

import java.nio.channels.SelectionKey;

/**
 * A connection's wake handle on one loop. It lives and dies on that loop: when another loop takes the connection over, the
 * connection gets a new tasklet there, and this one loses its context and only cleans up after itself.
 *
 * <p>Selection keys carry the tasklet, not the connection, so that a late event of the old selector reaches the old tasklet.
 */
final class Tasklet {
    /** The loop whose thread runs this tasklet. */
    final EventLoop loop;
    /** Whether the connection is a client's. Those are never in an idle list. */
    final boolean front;
    /** The connection's timer on the same loop. */
    final ConnectionTimer timer;
    /**
     * The connection; null once another loop has taken it over, and then for ever. Written by the constructor and by
     * {@link IdleConns#takeover} under {@code loop.idle}'s lock, nowhere else: closing a connection leaves it.
     */
    volatile Connection context;
    /** The registration with {@code loop}'s selector. Owner thread only. */
    SelectionKey key;
    /** In the loop's run queue already. Owner thread only. */
    boolean queued;

    Tasklet(EventLoop loop, Connection context, boolean front) {
        this.loop = loop;
        this.front = front;
        this.timer = new ConnectionTimer(context);
        this.context = context;
    }
}

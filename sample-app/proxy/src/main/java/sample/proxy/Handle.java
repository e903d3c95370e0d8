package sample.proxy;

import java.nio.channels.SelectionKey;

/**
 * What a loop runs when something has happened to one layer of a connection (HAProxy: {@code struct tasklet}). It lives and dies on
 * its loop: when another loop takes the connection over, each layer gets a new handle there, and the old ones only clean up.
 *
 * <p>The selection key carries the handle of the lowest layer, not the connection, so that a late event of the old selector reaches
 * the old handle.
 */
abstract sealed class Handle permits Tasklet, TlsTasklet {
    /** The loop whose thread runs this. */
    final EventLoop loop;
    /** Whether the connection is a client's. Those are never in an idle list. */
    final boolean front;
    /** The registration with {@code loop}'s selector; null unless this is the lowest layer's. Owner thread only. */
    SelectionKey key;
    /** In the loop's run queue already. Owner thread only. */
    boolean queued;

    Handle(EventLoop loop, boolean front) {
        this.loop = loop;
        this.front = front;
    }

    /** Runs the layer's wake. Owner thread. */
    abstract void run(Wake wake);

    /** The connection's timer on the same loop. */
    abstract ConnectionTimer timer();
}

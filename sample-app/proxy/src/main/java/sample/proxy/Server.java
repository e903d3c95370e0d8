package sample.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The origin behind the proxy, and the choice of a connection to it. */
final class Server {
    final InetSocketAddress address;
    final Slots slots;
    final IdlePool pool;
    final Reuse reuse;
    final Protocol protocol;

    Server(Settings settings) {
        this.address = settings.server();
        this.slots = new Slots(settings.maxconn());
        this.pool = new IdlePool(settings.pool());
        this.reuse = settings.reuse();
        this.protocol = settings.protocol();
    }

    /** The Host for requests that have none. */
    String authority() {
        return address.getHostString() + ":" + address.getPort();
    }

    /**
     * A connection for a request of this client's, out of every idle list: the client's own, one of its loop's with streams already,
     * one of the loop's idle ones, another loop's; null if none. A client's first request can not be repeated by a client that does
     * not know why it failed, so by default it does not get a connection that may be about to close.
     *
     * @param first whether it is the client's first
     */
    BackConnection pick(FrontConnection front, boolean first) {
        BackConnection own = front.available();
        if (own != null || reuse == Reuse.NEVER || first && reuse == Reuse.SAFE) {
            return own;
        }
        EventLoop loop = front.loop();
        boolean only = first && reuse == Reuse.AGGRESSIVE;
        BackConnection active = only ? null : loop.avail.get();
        if (active != null) {
            return active; // not listed, so no lock
        }
        boolean hopeless = only && loop.idle.size(true) == 0; // HAProxy: curr_safe_nb
        BackConnection idle = hopeless ? null : loop.idle.get(first, only);
        return idle != null || !pool.isShared() ? idle : loop.thief.steal(only);
    }

    /** Whether any client's streams may join those that the connection has. */
    boolean sharesActive(BackConnection connection) {
        return reuse == Reuse.ALWAYS || reuse == Reuse.AGGRESSIVE && connection.isReused();
    }

    /** Begins a connection for this client's loop; nobody else's, unless connections are shared. */
    BackConnection connect(FrontConnection front) throws IOException {
        return BackConnection.connect(front.loop(), reuse == Reuse.NEVER ? front : null);
    }
}

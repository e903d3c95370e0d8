package sample.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The origin behind the proxy, and the choice of a connection to it. */
final class Server {
    final InetSocketAddress address;
    final Slots slots;
    final Reuse reuse;
    final Protocol protocol;

    Server(Settings settings) {
        this.address = settings.server();
        this.slots = new Slots(settings.maxconn());
        this.reuse = settings.reuse();
        this.protocol = settings.protocol();
    }

    /** The Host for requests that have none. */
    String authority() {
        return address.getHostString() + ":" + address.getPort();
    }

    /**
     * A connection for a request of this client's, out of every idle list: the client's own, one of its loop's with streams already,
     * one of the loop's idle ones, another loop's; null if none.
     */
    BackConnection pick(FrontConnection front) {
        if (reuse == Reuse.NEVER) {
            return front.available();
        }
        EventLoop loop = front.loop();
        BackConnection active = loop.avail.get();
        if (active != null) {
            return active; // not listed, so no lock
        }
        BackConnection idle = loop.idle.get();
        return idle != null ? idle : loop.thief.steal();
    }

    /** Begins a connection for this client's loop; nobody else's, unless connections are shared. */
    BackConnection connect(FrontConnection front) throws IOException {
        return BackConnection.connect(front.loop(), reuse == Reuse.NEVER ? front : null);
    }
}

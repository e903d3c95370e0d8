package sample.proxy;

import java.net.InetSocketAddress;

/** The origin behind the proxy, and the choice of a connection to it. */
final class Server {
    final InetSocketAddress address;
    final Slots slots;
    final Reuse reuse;

    Server(Settings settings) {
        this.address = settings.server();
        this.slots = new Slots(settings.maxconn());
        this.reuse = settings.reuse();
    }

    /** The Host for requests that have none. */
    String authority() {
        return address.getHostString() + ":" + address.getPort();
    }

    /** A connection for a request of this client's, out of every list already: its own, its loop's, another loop's; null if none. */
    BackConnection pick(FrontConnection front) {
        if (reuse == Reuse.NEVER) {
            return front.takeKept();
        }
        EventLoop loop = front.loop();
        BackConnection own = loop.idle.get();
        return own != null ? own : loop.thief.steal();
    }
}

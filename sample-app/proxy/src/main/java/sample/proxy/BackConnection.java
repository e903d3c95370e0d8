package sample.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLEngine;

/**
 * A connection to the origin. In use its mux has streams; with none it lies in its loop's idle list, unless it is private: then it
 * waits for its own client.
 */
final class BackConnection extends Connection {
    /** Its wake handle. Written by the constructor and by {@link IdleConns#takeover}, nowhere else. */
    Tasklet tasklet;
    /** Null without TLS. */
    final TlsLayer tls;
    /** A thief's probe found it dead or talking: its owner has to look at it first. Guarded by the idle list's lock while listed. */
    boolean doomed;
    final BackMux mux;
    /** The client that this connection is private to; null if it is anybody's. */
    private final FrontConnection session;
    private boolean connected;
    private int attached;
    /** It has streams, or had until just now: it counts as one that the loop needs. */
    private boolean used;

    private BackConnection(EventLoop loop, SocketChannel channel, boolean reached, FrontConnection session) {
        super(channel);
        this.session = session;
        this.tasklet = new Tasklet(loop, this, false);
        SSLEngine engine = loop.settings.tls().serverEngine(loop.server.address, loop.server.protocol);
        this.tls = engine == null ? null : new TlsLayer(this, engine, tasklet);
        this.connected = reached && tls == null;
        this.mux = switch (loop.server.protocol) {
            case H1 -> new H1Back(this);
            case H2 -> new H2Back(this);
        };
    }

    /**
     * Begins to connect to the loop's origin. Owner thread.
     *
     * @param session the client that is to have it for itself; null if it may be shared
     */
    static BackConnection connect(EventLoop loop, FrontConnection session) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean reached = channel.connect(loop.server.address);
            BackConnection connection = new BackConnection(loop, channel, reached, session);
            connection.open(reached ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            loop.counters.connectionOpened();
            if (reached && connection.tls != null) {
                loop.queue(connection.tasklet); // nothing else will wake it
            }
            if (session != null) {
                session.own(connection);
            }
            return connection;
        } catch (UnresolvedAddressException e) {
            channel.close();
            throw new IOException("its name is unknown", e);
        } catch (OutOfMemoryError e) {
            channel.close();
            throw new IOException("there is no memory for another connection", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    Tasklet tasklet() {
        return tasklet;
    }

    @Override
    TlsLayer tls() {
        return tls;
    }

    /**
     * Gives an exchange a stream. Called by the connection's owner, once it is in no idle list and before the first byte of the
     * request; by the tasklet's own thread, so that no wake of it can be under way. From here on no other loop can get at it.
     */
    BackStream attach(Exchange exchange) {
        attached++;
        if (!used) {
            used = true;
            loop().purge.used();
        }
        return mux.attach(exchange);
    }

    @Override
    void ioCallback(boolean wasIdle) {
        if (closed) {
            return;
        }
        drained = false;
        if (connected) {
            mux.ioCallback(wasIdle);
        } else {
            finishConnect();
        }
    }

    private void finishConnect() {
        try {
            if (!channel.finishConnect()) {
                return;
            }
            if (tls != null && !tls.isEstablished()) {
                tls.begin();
                return;
            }
        } catch (IOException e) {
            mux.unreachable(e.getMessage());
            return;
        }
        Protocol protocol = loop().server.protocol;
        if (tls != null && !protocol.isAgreed(tls.protocol())) {
            insecure("it speaks " + (tls.protocol().isEmpty() ? "no ALPN" : tls.protocol()) + ", not " + protocol.alpn);
            return;
        }
        connected = true;
        interest(SelectionKey.OP_READ);
        mux.connected();
    }

    @Override
    void insecure(String why) {
        mux.insecure(why);
    }

    @Override
    void relist() {
        release();
    }

    /**
     * No stream is left. A shared connection is published, as the last thing that is done to it: when this returns another loop may
     * have taken it over, and even have it back in this loop's hands. Called by the mux as its own last act.
     */
    void release() {
        unused();
        if (session == null) {
            safe = mux.isSafe();
            if (!loop().idle.insert(this)) {
                close();
            }
        } else if (session.closed) {
            close();
        }
    }

    private void unused() {
        if (used) {
            used = false;
            loop().purge.unused();
        }
    }

    boolean isConnected() {
        return connected;
    }

    boolean isPrivate() {
        return session != null;
    }

    /** Whether it had streams before the present one. */
    boolean isReused() {
        return attached > 1;
    }

    /** Thief's look at an idle connection, under the lock of its list: open, with nothing to read? What it reads goes to the mux. */
    boolean isQuiet(ByteBuffer probe) {
        try {
            if (tls != null) {
                return tls.isQuiet(); // and what it has read stays there
            }
            int read = channel.read(probe.clear());
            if (read > 0) {
                mux.unread(probe.get(0));
            }
            return read == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    void expired() {
        mux.expired();
    }

    @Override
    void fail() {
        mux.fail();
    }

    void close() {
        if (shut()) {
            unused();
            loop().avail.remove(this);
            loop().counters.connectionClosed();
        }
    }
}

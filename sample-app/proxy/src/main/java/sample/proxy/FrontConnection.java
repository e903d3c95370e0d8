package sample.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http2.frames.PrefaceFrame;

/** A client's connection. ALPN or its first bytes tell which mux it gets. It is also the session that private connections belong to. */
final class FrontConnection extends Connection {
    private final Tasklet tasklet;
    private final TlsLayer tls;
    /** Null until the client has sent enough to tell. */
    private FrontMux mux;
    /** Connections to the origin that only this client may use: for ever, or while they have streams. Some may be closed. */
    private final List<BackConnection> own = new ArrayList<>(0);
    private int requests;

    private FrontConnection(EventLoop loop, SocketChannel channel) {
        super(channel);
        this.tasklet = new Tasklet(loop, this, true);
        SSLEngine engine = loop.settings.tls().clientEngine();
        this.tls = engine == null ? null : new TlsLayer(this, engine, tasklet);
    }

    /** Makes an accepted channel this loop's. Owner thread. */
    static void accept(EventLoop loop, SocketChannel channel) {
        FrontConnection front = null;
        try {
            front = new FrontConnection(loop, channel);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            front.open(SelectionKey.OP_READ);
            loop.fronts.add(front);
            front.arm(loop.settings.clientMillis());
            if (front.tls != null) {
                front.tls.begin();
            }
            if (loop.isStopping()) {
                front.stopping();
            }
        } catch (IOException e) {
            front.fail();
        } catch (OutOfMemoryError e) { // most likely of direct memory: those who have their buffers go on
            loop.broken(e);
            giveUp(front, channel);
        }
    }

    private static void giveUp(FrontConnection front, SocketChannel channel) {
        if (front != null) {
            front.fail();
        } else {
            try {
                channel.close();
            } catch (IOException e) {
                // it is gone either way
            }
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

    @Override
    void ioCallback(boolean wasIdle) {
        if (closed) {
            return;
        }
        drained = false;
        if (mux == null) {
            choose();
        }
        if (mux != null) {
            mux.ioCallback(wasIdle);
        } else if (!closed) {
            interest(SelectionKey.OP_READ | writeInterest());
        }
    }

    /** Who has agreed to HTTP/2 speaks it, whatever its first bytes. For the others: whoever does not begin with HTTP/2's preface speaks HTTP/1, or is told in HTTP/1 that this is none. */
    private void choose() {
        if (tls != null && tls.protocol().equals(Protocol.H2.alpn)) {
            mux = new H2Front(this);
            return;
        }
        try {
            out.flush(channel); // TLS may have something left to say
            if (read() < 0) {
                close();
                return;
            }
        } catch (IOException e) {
            close();
            return;
        }
        ByteBuffer preface = ByteBuffer.wrap(PrefaceFrame.PREFACE_BYTES);
        int seen = Math.min(in.remaining(), preface.remaining());
        if (!in.slice().limit(seen).equals(preface.limit(seen))) {
            mux = new H1Front(this);
        } else if (seen == PrefaceFrame.PREFACE_BYTES.length) {
            mux = new H2Front(this);
        }
    }

    @Override
    void insecure(String why) {
        close();
    }

    @Override
    void relist() {
        throw new AssertionError("a client's connection is never listed");
    }

    /** The loop stops: a connection that owes nothing closes now, the others do after their answers. */
    void stopping() {
        if (mux != null) {
            mux.stopping();
        } else if (!closed) {
            close();
        }
    }

    /** Takes a connection to the origin that only this client may use. */
    void own(BackConnection connection) {
        own.removeIf(other -> other.closed);
        own.add(connection);
    }

    /** The connection has no streams any more, and is not this client's alone. */
    void disown(BackConnection connection) {
        own.remove(connection);
    }

    /** Counts a request. @return whether it is the client's first */
    boolean isFirstRequest() {
        return requests++ == 0;
    }

    /** The server goes into maintenance: closes what lies idle here. */
    void closeIdle() {
        for (BackConnection connection : List.copyOf(own)) {
            if (connection.isPrivate() && connection.mux.isIdle()) {
                connection.close();
            }
        }
    }

    /** One of the client's own connections to the origin, with room for a stream; null if there is none. */
    BackConnection available() {
        for (BackConnection connection : own) {
            if (!connection.closed && connection.mux.hasRoom()) {
                return connection;
            }
        }
        return null;
    }

    @Override
    void expired() {
        if (mux == null) {
            close();
        } else {
            mux.expired();
        }
    }

    @Override
    void fail() {
        if (mux == null) {
            close();
        } else {
            mux.fail();
        }
    }

    /** Called once no exchange is left: then its private connections have no streams either. */
    void close() {
        if (shut()) {
            loop().fronts.remove(this);
            List.copyOf(own).stream().filter(BackConnection::isPrivate).forEach(BackConnection::close);
        }
    }
}

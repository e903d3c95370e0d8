package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import javax.net.ssl.SSLEngine;

/**
 * TLS below the mux of one connection (HAProxy: {@code ssl_sock}). The selector wakes this layer, and this layer the mux, which reads and
 * writes through it. Owner thread only, like the connection; a takeover moves it along, with what it holds of either direction.
 */
final class TlsLayer {
    final Connection connection;
    /** Its wake handle. Written by the constructor and by {@link IdleConns#takeover}, nowhere else. */
    TlsTasklet tasklet;
    private final SSLEngine engine;
    private final TlsRecords records;
    private boolean begun;
    private boolean established;

    /** @param upper the handle of the connection's mux */
    TlsLayer(Connection connection, SSLEngine engine, Tasklet upper) {
        this.connection = connection;
        this.engine = engine;
        this.records = new TlsRecords(engine, connection.channel, upper.loop.records.take(), upper.loop.records.take());
        this.tasklet = new TlsTasklet(upper, this);
    }

    /** The channel is connected: begins the handshake, once. */
    void begin() throws IOException {
        if (!begun) {
            begun = true;
            engine.beginHandshake();
            handshake();
        }
    }

    /**
     * The channel has become ready.
     *
     * @param wasIdle the connection was in its loop's idle list until just now
     */
    void ioCallback(boolean wasIdle) {
        if (connection.closed) {
            return;
        }
        if (begun && !established) {
            handshake();
            return;
        }
        tasklet.loop.queue(tasklet.upper);
        if (wasIdle) {
            connection.relist(); // the mux's own wake unlinks it again, if no thief is faster
        }
    }

    private void handshake() {
        try {
            established = records.handshake();
            if (established) {
                tasklet.loop.counters.handshakeDone();
                tasklet.loop.queue(tasklet.upper);
            }
            connection.interest(SelectionKey.OP_READ | (records.unsent() > 0 ? SelectionKey.OP_WRITE : 0));
        } catch (IOException e) {
            tasklet.loop.counters.handshakeFailed();
            connection.insecure(e.getMessage());
        }
    }

    boolean isEstablished() {
        return established;
    }

    /** What both sides have agreed to speak; empty if they have not talked about it. */
    String protocol() {
        return engine.getApplicationProtocol();
    }

    /** Like {@link java.nio.channels.SocketChannel#read}; more may be {@link #holdsInput held} then. */
    int read(ByteBuffer target) throws IOException {
        return records.read(target);
    }

    /** Whether the next {@link #read} finds something of which the selector knows nothing. */
    boolean holdsInput() {
        return established && records.holdsInput();
    }

    /** Sends what the channel takes of the source, and of what it did not take before; nothing before the handshake is over. */
    void write(ByteBuffer source) throws IOException {
        if (established) {
            records.write(source);
        }
    }

    /** Bytes that were taken by {@link #write}, or are TLS's own, and not sent. */
    int unsent() {
        return records.unsent();
    }

    /** The channel takes nothing any more. */
    void discardOutput() {
        records.discardOutput();
    }

    /** Thief's look at an idle connection, under the lock of its list: open, with nothing to read? */
    boolean isQuiet() throws IOException {
        return records.isQuiet();
    }

    /** Says that nothing more will be sent. */
    void endOutput() throws IOException {
        records.end();
    }

    /** The connection is about to be closed: says so if it can. Once. */
    void close() {
        try {
            if (begun) {
                endOutput();
            }
        } catch (IOException e) {
            // then the peer finds out by itself
        }
        records.giveBack(tasklet.loop.records);
    }
}

package sample.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;

/**
 * A connection to the origin. In use it has an exchange; between two of them it lies in its loop's idle list, or, with
 * {@link Reuse#NEVER}, stays with its client connection.
 */
final class BackConnection extends Connection {
    /** Input buffers read in one wake at most, so that one long answer does not hold up the loop. */
    private static final int READS_PER_WAKE = 16;

    /** Its wake handle. Written by the constructor and by {@link IdleConns#takeover}, nowhere else. */
    Tasklet tasklet;
    /** A thief's probe found it dead or talking: to be closed by its owner. Guarded by the idle list's lock while listed. */
    boolean doomed;
    final RequestWriter writer = new RequestWriter();

    private final ResponseReader reader = new ResponseReader();
    private boolean connected;
    private Exchange exchange;
    private int exchanges;
    private boolean answering;
    private boolean paused;

    private BackConnection(EventLoop loop, SocketChannel channel, boolean connected) {
        super(channel);
        this.connected = connected;
        this.tasklet = new Tasklet(loop, this, false);
    }

    /** Begins to connect to the loop's origin. Owner thread. */
    static BackConnection connect(EventLoop loop) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(loop.server.address);
            BackConnection connection = new BackConnection(loop, channel, connected);
            connection.open(connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            loop.counters.connectionOpened();
            return connection;
        } catch (UnresolvedAddressException e) {
            channel.close();
            throw new IOException("its name is unknown", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    Tasklet tasklet() {
        return tasklet;
    }

    /**
     * Gives the connection to an exchange. Called by its owner once it is in no idle list, and before the first byte of the request.
     */
    void attach(Exchange exchange) {
        this.exchange = exchange;
        exchanges++;
        answering = false;
        paused = false;
        reader.expect(exchange.head.isHead());
        arm(connected ? loop().settings.serverMillis() : loop().settings.connectMillis());
    }

    @Override
    void handle(boolean wasIdle) {
        if (closed) {
            return;
        }
        drained = false;
        try {
            if (exchange == null) {
                idleInput(wasIdle);
            } else if (!connected) {
                finishConnect();
            } else {
                if (!out.isEmpty()) {
                    Exchange current = exchange;
                    current.flushRequest();
                    current.front.pump();
                }
                if (exchange != null) {
                    pump();
                }
            }
        } catch (IOException e) {
            fail();
        }
    }

    /** An idle connection has become readable. It was unlinked for this, so that no thief gets it while it is looked at. */
    private void idleInput(boolean wasIdle) throws IOException {
        int read = doomed ? -1 : read();
        if (read != 0) {
            close(); // closed by the origin, or an answer that nobody asked for: whose would it be?
        } else if (wasIdle && !loop().idle.insert(this)) {
            close();
        } // after a successful insert nothing of this may be touched
    }

    private void finishConnect() throws IOException {
        Exchange current = exchange;
        try {
            connected = channel.finishConnect();
        } catch (IOException e) {
            current.unreachable(e.getMessage());
            return;
        }
        if (connected) {
            interest(SelectionKey.OP_READ);
            arm(loop().settings.serverMillis());
            current.front.proceed(current::connected);
        }
    }

    /** Relays what there is of the answer. When it returns, this connection may be closed, idle or another loop's. */
    void pump() {
        Exchange current = exchange;
        try {
            if (relay(current)) {
                current.front.flush();
                if (exchange == current) { // a failing client takes its exchange with it
                    settle();
                    current.front.settle();
                }
            }
        } catch (IOException e) {
            current.front.fail();
        }
    }

    /** @return false if the exchange is over and nothing of this may be touched any more */
    private boolean relay(Exchange current) throws IOException {
        int reads = 0;
        while (true) {
            paused = !current.clientHasRoom();
            if (exchange != current) {
                return false;
            }
            if (paused) {
                return true;
            }
            switch (reader.parse(in)) {
                case HEAD -> current.answer(reader.head());
                case CONTENT -> current.answerBody(reader.content());
                case END -> {
                    current.answerEnd();
                    return false;
                }
                case FAULT -> {
                    current.broken(reader.fault());
                    return false;
                }
                case STARVED -> {
                    if (drained || reads++ == READS_PER_WAKE) {
                        return true;
                    }
                    if (!readAnswer(current)) {
                        return false;
                    }
                }
            }
            if (exchange != current) {
                return false;
            }
        }
    }

    /** @return false if the connection is lost */
    private boolean readAnswer(Exchange current) throws IOException {
        int read;
        try {
            read = read();
        } catch (IOException e) {
            current.lost("The connection to the server broke: " + e.getMessage() + ".");
            return false;
        }
        if (read > 0) {
            answering = true;
            arm(loop().settings.serverMillis());
        } else if (read < 0) {
            if (!current.isAnswered()) {
                current.lost("The server closed the connection " + (answering ? "in the middle of an answer's head." : "without an answer."));
                return false;
            }
            reader.atEnd(); // which may well be the end of an answer without a length
            drained = false; // the reader has to be asked once more
        }
        return true;
    }

    /** Whether the client is too slow to take more of the answer. */
    boolean isPaused() {
        return paused;
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether this is not its first exchange. */
    boolean isReused() {
        return exchanges > 1;
    }

    /** Whether any byte of an answer to the present exchange has come. */
    boolean hasAnswered() {
        return answering;
    }

    /** Nothing is left over from the exchange in either direction. */
    boolean isClean() {
        return !closed && !in.hasRemaining() && out.isEmpty();
    }

    void settle() {
        interest((paused ? 0 : SelectionKey.OP_READ) | writeInterest());
    }

    /**
     * The exchange is over, well or not. If the connection can be used again it is published, and when this returns another loop may
     * have it: nothing of it may be touched.
     */
    void detach(FrontConnection front, boolean reusable) {
        exchange = null;
        if (!reusable) {
            close();
            return;
        }
        interest(SelectionKey.OP_READ); // how the origin's closing it will be noticed
        if (loop().server.reuse == Reuse.NEVER) {
            front.keep(this);
        } else if (!loop().idle.insert(this)) {
            close();
        }
    }

    /** The exchange is over and has left the connection in a state nobody knows. */
    void drop() {
        exchange = null;
        close();
    }

    /** Thief's look at an idle connection, under the lock of its list: open, with nothing to read? What it reads is lost. */
    boolean isQuiet(ByteBuffer probe) {
        try {
            return channel.read(probe.clear()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    void expired() {
        Exchange current = exchange;
        try {
            if (current == null) {
                close(); // it lay idle for too long
            } else if (connected) {
                current.serverTimedOut();
            } else {
                current.connectTimedOut();
            }
        } catch (IOException e) {
            fail();
        }
    }

    @Override
    void fail() {
        if (exchange != null) {
            exchange.front.fail();
        } else {
            close();
        }
    }

    void close() {
        if (shut()) {
            loop().counters.connectionClosed();
        }
    }
}

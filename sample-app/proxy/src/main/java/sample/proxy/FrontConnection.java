package sample.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A client's connection: reads its requests one after the other, and writes their answers in that order. */
final class FrontConnection extends Connection {
    private final Tasklet tasklet;
    private final RequestReader reader;
    final ResponseWriter writer = new ResponseWriter();
    private Exchange exchange;
    /** The client's own connection to the origin between two requests, with {@link Reuse#NEVER}. May be closed. */
    private BackConnection kept;
    private boolean pumping;
    private boolean inputEnded;
    /** No more requests; the connection ends once the answers are sent. */
    private boolean closing;
    private boolean lingers;
    /** All is sent and said to be; what the client still sends is thrown away. */
    private boolean lingering;

    /** A step of an exchange that may break the client's connection. */
    interface Step {
        void run() throws IOException;
    }

    private FrontConnection(EventLoop loop, SocketChannel channel) {
        super(channel);
        this.tasklet = new Tasklet(loop, this, true);
        this.reader = new RequestReader(loop.server.authority());
    }

    /** Makes an accepted channel this loop's. Owner thread. */
    static void accept(EventLoop loop, SocketChannel channel) {
        FrontConnection front = new FrontConnection(loop, channel);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            front.open(SelectionKey.OP_READ);
            loop.fronts.add(front);
            front.arm(loop.settings.clientMillis());
            if (loop.isStopping()) {
                front.stopping();
            }
        } catch (IOException e) {
            front.fail();
        }
    }

    @Override
    Tasklet tasklet() {
        return tasklet;
    }

    @Override
    void handle(boolean wasIdle) {
        if (closed) {
            return;
        }
        drained = false;
        if (!out.isEmpty()) {
            flush();
            if (exchange != null) {
                exchange.clientWritable();
            }
        }
        pump();
    }

    /** Runs a step, then goes on as far as it leads. */
    void proceed(Step step) {
        if (!closed) {
            try {
                step.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                loop().broken(e);
                fail();
            }
            pump();
        }
    }

    /** Reads and passes on whatever can be: requests while no answer is owed, a body while the origin takes it. */
    void pump() {
        if (pumping || closed) {
            return; // what ends an exchange from inside the loop below leaves the next request to it
        }
        pumping = true;
        try {
            Exchange flushed;
            do {
                while (step()) {
                    // on
                }
                flushed = exchange;
                if (flushed != null) {
                    flushed.flushRequest();
                }
            } while (!closed && exchange != flushed);
            settle();
        } catch (IOException e) {
            fail();
        } catch (RuntimeException | AssertionError e) {
            loop().broken(e);
            fail();
        } finally {
            pumping = false;
        }
    }

    private boolean step() throws IOException {
        if (closed || closing) {
            return !closed && lingering && discard();
        }
        Exchange current = exchange;
        if (current != null && !current.takesRequest()) {
            return fill(); // the next request's bytes may wait here, and a client that leaves is noticed
        }
        if (current == null ? !out.hasRoom(Settings.LARGEST_PIECE) : !current.hasRoom()) {
            return exchange != current;
        }
        switch (reader.parse(in)) {
            case HEAD -> {
                exchange = new Exchange(this, reader.head());
                exchange.begin();
            }
            case CONTENT -> current.body(reader.content());
            case END -> current.bodyEnd();
            case FAULT -> {
                if (current == null) {
                    answerError(null, reader.faultStatus(), reader.fault(), false);
                } else {
                    current.fail(reader.faultStatus(), reader.fault());
                }
            }
            case STARVED -> {
                return fill() || inputEnded && endInput();
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (drained || inputEnded || in.remaining() == in.capacity()) {
            return false;
        }
        int read = read();
        inputEnded = read < 0;
        if (read > 0 && (exchange == null || !exchange.isQueued())) {
            arm(loop().settings.clientMillis());
        }
        return read > 0;
    }

    /** The client will send no more, and the reader wants more. */
    private boolean endInput() {
        if (exchange == null) {
            closeWhenSent(false);
        } else {
            fail();
        }
        return false;
    }

    private boolean discard() throws IOException {
        if (drained) {
            return false;
        }
        in.clear().flip();
        if (read() < 0) {
            close();
        }
        return !closed;
    }

    /** Sends what the socket takes. May close the connection. */
    void flush() {
        if (closed) {
            return;
        }
        try {
            int before = out.pending();
            boolean empty = out.flush(channel);
            if (out.pending() < before && !closing) {
                arm(loop().settings.clientMillis());
            }
            if (empty && closing && !lingering) {
                endOutput();
            }
        } catch (IOException e) {
            fail();
        }
    }

    private void endOutput() throws IOException {
        if (!lingers || inputEnded) {
            close();
            return;
        }
        // Closing with unread input would reset the connection, and the client might lose the answer (RFC 9112 section 9.6).
        lingering = true;
        drained = false;
        channel.shutdownOutput();
        arm(Settings.LINGER);
    }

    void settle() {
        if (!closed) {
            interest((wantsInput() ? SelectionKey.OP_READ : 0) | writeInterest());
        }
    }

    private boolean wantsInput() {
        if (inputEnded || closing) {
            return lingering;
        }
        if (exchange == null) {
            return out.hasRoom(Settings.LARGEST_PIECE);
        }
        return exchange.takesRequest() ? exchange.bodyHasRoom() : in.remaining() < in.capacity();
    }

    /** The answer is in the buffer; the next request may come. {@code asked}: the client itself wants to close. */
    void answerDone(boolean goOn, boolean asked) {
        exchange = null;
        if (closed) {
            return;
        }
        if (!goOn || loop().isStopping()) {
            closeWhenSent(!asked);
        } else {
            reader.reset();
            arm(loop().settings.clientMillis());
        }
        pump();
    }

    /** An answer of the proxy's own, to {@code request} or, if null, to what was not understood. */
    void answerError(RequestHead request, int status, String sentence, boolean goOn) throws IOException {
        loop().counters.error();
        boolean persistent = writer.error(request, status, sentence, goOn, out, loop().headScratch);
        flush();
        answerDone(goOn && persistent, false);
    }

    private void closeWhenSent(boolean lingers) {
        closing = true;
        this.lingers = lingers;
        arm(loop().settings.clientMillis());
        flush();
    }

    /** The loop stops: a connection that owes nothing closes now, the others do after their answers. */
    void stopping() {
        if (!closed && exchange == null && reader.isAtStart() && !in.hasRemaining() && out.isEmpty()) {
            close();
        }
    }

    void keep(BackConnection connection) {
        if (closed) {
            connection.close();
        } else {
            kept = connection;
        }
    }

    /** The client's own connection to the origin; null if there is none, or none alive. */
    BackConnection takeKept() {
        BackConnection taken = kept;
        kept = null;
        return taken == null || taken.closed ? null : taken;
    }

    @Override
    void expired() {
        try {
            if (exchange == null && !closing && !reader.isAtStart()) {
                answerError(null, 408, "The request did not arrive within " + loop().settings.clientMillis() + " ms.", false);
            } else if (exchange == null) {
                close();
            } else if (exchange.isQueued()) {
                exchange.queueTimedOut();
            } else if (!out.isEmpty()) {
                fail(); // it does not take its answer
            } else if (exchange.takesRequest()) {
                exchange.clientTimedOut();
            } else {
                arm(loop().settings.clientMillis()); // it waits for the origin, which has a timer of its own
            }
        } catch (IOException e) {
            fail();
        }
    }

    @Override
    void fail() {
        if (exchange != null) {
            exchange.abandon();
            exchange = null;
        }
        close();
    }

    private void close() {
        if (shut()) {
            loop().fronts.remove(this);
            if (kept != null) {
                kept.close();
            }
        }
    }
}

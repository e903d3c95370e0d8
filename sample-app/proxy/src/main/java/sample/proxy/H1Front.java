package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.eclipse.jetty.http.HttpFields;

/**
 * The HTTP/1 mux of a client's connection: reads its requests one after the other, and writes their answers in that order. One stream
 * at a time, which is the mux itself.
 */
final class H1Front implements FrontMux, FrontStream {
    private final FrontConnection connection;
    private final RequestReader reader;
    private final ResponseWriter writer = new ResponseWriter();
    private Exchange exchange;
    private boolean pumping;
    private boolean inputEnded;
    private boolean headBegun;
    /** No more requests; the connection ends once the answers are sent. */
    private boolean closing;
    private boolean lingers;
    /** All is sent and said to be; what the client still sends is thrown away. */
    private boolean lingering;
    /** The origin's end of a tunnel is to be passed on once all before it is sent; the client may go on. */
    private boolean endsOutput;

    H1Front(FrontConnection connection) {
        this.connection = connection;
        this.reader = new RequestReader(connection.loop().server.authority());
    }

    @Override
    public FrontConnection connection() {
        return connection;
    }

    @Override
    public void ioCallback(boolean wasIdle) {
        if (!connection.out.isEmpty()) {
            flush();
            if (exchange != null) {
                exchange.clientWritable();
            }
        }
        pump();
    }

    @Override
    public void arm(long millis) {
        connection.arm(millis);
    }

    @Override
    public void proceed(Step step) {
        if (!connection.closed) {
            try {
                step.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                loop().broken(e);
                fail();
            }
            pump();
        }
    }

    @Override
    public void pump() {
        if (pumping || connection.closed) {
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
            } while (!connection.closed && exchange != flushed);
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
        if (connection.closed || closing) {
            return !connection.closed && lingering && discard();
        }
        Exchange current = exchange;
        if (current != null && !current.takesRequest()) {
            return fill(); // the next request's bytes may wait here, and a client that leaves is noticed
        }
        if (current == null ? !connection.out.hasRoom(Settings.LARGEST_PIECE) : !current.hasRoom()) {
            return exchange != current;
        }
        switch (reader.parse(connection.in)) {
            case HEAD -> {
                exchange = new Exchange(this, reader.head());
                exchange.begin();
            }
            case CONTENT -> current.body(reader.content());
            case END -> current.bodyEnd(reader.trailers());
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
        if (connection.drained || inputEnded || connection.in.remaining() == connection.in.capacity()) {
            return false;
        }
        int read = connection.read();
        inputEnded = read < 0;
        if (read > 0 && (exchange == null ? !headBegun : !exchange.isQueued())) {
            headBegun = exchange == null; // the time for a head counts from its first byte, however slowly the others come
            connection.arm(loop().settings.clientMillis());
        }
        return read > 0;
    }

    /** The client will send no more, and the reader wants more. */
    private boolean endInput() throws IOException {
        if (exchange == null) {
            closeWhenSent(false);
        } else if (reader.isTunnel()) {
            exchange.bodyEnd(null);
        } else {
            fail();
        }
        return false;
    }

    private boolean discard() throws IOException {
        if (connection.drained) {
            return false;
        }
        connection.in.clear().flip();
        if (connection.read() < 0) {
            connection.close();
        }
        return !connection.closed;
    }

    @Override
    public void flush() {
        if (connection.closed) {
            return;
        }
        try {
            int before = connection.out.pending();
            boolean empty = connection.out.flush(connection.channel);
            if (connection.out.pending() < before && !closing) {
                connection.arm(loop().settings.clientMillis());
            }
            if (empty && closing && !lingering) {
                endOutput();
            } else if (empty && endsOutput) {
                endsOutput = !connection.endOutput();
            }
        } catch (IOException e) {
            fail();
        }
    }

    private void endOutput() throws IOException {
        if (!connection.endOutput()) {
            return;
        }
        if (!lingers || inputEnded) {
            connection.close();
            return;
        }
        // Closing with unread input would reset the connection, and the client might lose the answer (RFC 9112 section 9.6).
        lingering = true;
        connection.drained = false;
        connection.arm(Settings.LINGER);
    }

    @Override
    public void settle() {
        if (!connection.closed) {
            connection.interest((wantsInput() ? SelectionKey.OP_READ : 0) | connection.writeInterest());
        }
    }

    private boolean wantsInput() {
        if (inputEnded || closing) {
            return lingering;
        }
        if (exchange == null) {
            return connection.out.hasRoom(Settings.LARGEST_PIECE);
        }
        return exchange.takesRequest() ? exchange.bodyHasRoom() : connection.in.remaining() < connection.in.capacity();
    }

    @Override
    public void halfEnd() {
        endsOutput = true;
        flush();
    }

    @Override
    public void answerDone(boolean goOn, boolean asked) {
        exchange = null;
        if (connection.closed) {
            return;
        }
        if (!goOn || loop().isStopping()) {
            closeWhenSent(!asked);
        } else {
            reader.reset();
            headBegun = false;
            connection.arm(loop().settings.clientMillis());
        }
        pump();
    }

    @Override
    public void answerError(RequestHead request, int status, String sentence, boolean goOn) throws IOException {
        loop().counters.error();
        boolean persistent = writer.error(request, status, sentence, goOn, connection.out, loop().headScratch);
        flush();
        answerDone(goOn && persistent, false);
    }

    private void closeWhenSent(boolean lingers) {
        closing = true;
        this.lingers = lingers;
        connection.arm(loop().settings.clientMillis());
        flush();
    }

    @Override
    public void stopping() {
        if (!connection.closed && exchange == null && reader.isAtStart() && !connection.in.hasRemaining() && connection.out.isEmpty()) {
            connection.close();
        }
    }

    @Override
    public boolean hasRoom() {
        if (connection.out.hasRoom(Settings.LARGEST_PIECE)) {
            return true;
        }
        flush();
        return !connection.closed && connection.out.hasRoom(Settings.LARGEST_PIECE);
    }

    @Override
    public void interim(ResponseHead head) throws IOException {
        writer.interim(head, connection.out, loop().headScratch);
    }

    @Override
    public boolean head(RequestHead request, ResponseHead head, boolean keepAlive) throws IOException {
        if (head.isSwitch()) {
            reader.beginTunnel();
        }
        return writer.head(request, head, keepAlive, connection.out, loop().headScratch);
    }

    @Override
    public void content(ByteBuffer content) throws IOException {
        writer.content(content, connection.out);
    }

    @Override
    public boolean end(HttpFields trailers) throws IOException {
        return writer.end(trailers, connection.out, loop().headScratch);
    }

    @Override
    public void expired() {
        try {
            if (exchange != null) {
                exchange.clientExpired(!connection.out.isEmpty());
            } else if (!closing && !reader.isAtStart()) {
                answerError(null, 408, "The request did not arrive within " + loop().settings.clientMillis() + " ms.", false);
            } else {
                connection.close();
            }
        } catch (IOException e) {
            fail();
        }
    }

    @Override
    public void fail() {
        if (exchange != null) {
            exchange.abandon();
            exchange = null;
        }
        connection.close();
    }

    private EventLoop loop() {
        return connection.loop();
    }
}

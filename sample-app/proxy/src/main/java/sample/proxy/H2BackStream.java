package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.HeadersFrame;

/** A stream to the origin: one exchange's request and its answer. */
final class H2BackStream extends H2Stream implements BackStream {
    private final H2Back mux;
    private final BackConnection connection;
    private Exchange exchange;
    /** Waits for room in the output. Only what is sent gets an id, for ids must appear in their order. */
    private MetaData.Request unsentHead;
    private boolean unsentHeadIsAll;
    /** Interim heads and the head, not passed on yet. */
    private final ArrayDeque<ResponseHead> heads = new ArrayDeque<>(1);
    private int interims;
    private boolean headReceived;
    private boolean answering;
    private boolean refused;
    private String fault;
    private boolean paused;
    private boolean pumping;

    H2BackStream(H2Back mux, BackConnection connection, Exchange exchange) {
        super(mux);
        this.mux = mux;
        this.connection = connection;
        this.exchange = exchange;
    }

    @Override
    void headersReceived(HeadersFrame frame) {
        answering = true;
        if (headReceived) {
            if (frame.isEndStream() && !frame.getMetaData().isResponse() && !frame.getMetaData().isRequest()) {
                trailersReceived(frame.getMetaData());
            } else {
                fault = "The server sent a second head.";
            }
        } else if (frame.getMetaData() instanceof MetaData.Response response) {
            headReceived(response, frame.isEndStream());
        } else {
            fault = "The server sent a head without a status.";
        }
    }

    private void headReceived(MetaData.Response response, boolean end) {
        try {
            ResponseHead head = H2Heads.response(response, end, exchange != null && exchange.head.isHead());
            if (head.isInterim() && (end || ++interims > ResponseReader.MAX_INTERIMS)) {
                fault = "The server sent no answer but interim ones.";
                return;
            }
            heads.add(head);
            headReceived = !head.isInterim();
            endReceived = end;
            boolean bodiless = head.isBodiless() || exchange != null && exchange.head.isHead();
            announced(headReceived && !bodiless ? head.length() : -1);
        } catch (H2Heads.Malformed e) {
            fault = "The server's response has a bad head: " + e.getMessage();
        }
    }

    /** The origin will not look at this stream. Records only. */
    void refused() {
        refused = true;
    }

    @Override
    void advance() throws IOException {
        Exchange current = exchange;
        if (current == null) {
            if (isOver()) {
                mux.detach(this);
            }
            return;
        }
        if (!headReceived && (endReceived || !received.isEmpty())) {
            fault = "The server sent a body without a head.";
        }
        try {
            if (fault != null) {
                current.broken(fault);
            } else if (refused || resetReceived && resetCode == ErrorCode.REFUSED_STREAM_ERROR.code) {
                current.refused("The server refused the request.");
            } else if (wasResetHere()) {
                current.broken("The server broke the protocol.");
            } else if (resetReceived && !endReceived) {
                current.lost("The server gave up the request.");
            } else {
                arm(connection.loop().settings.serverMillis());
                pump();
            }
        } catch (IOException e) {
            current.front.fail();
        }
    }

    @Override
    public void fail() {
        if (exchange != null) {
            exchange.front.fail(); // and that drops this
        } else {
            end(ErrorCode.INTERNAL_ERROR);
        }
    }

    /** The connection this is on is closed. */
    void connectionLost(String why) {
        if (exchange != null) {
            Exchange current = exchange;
            try {
                current.lost(why);
            } catch (IOException e) {
                current.front.fail();
            }
        }
    }

    void unreachable(String why) {
        if (exchange != null) {
            Exchange current = exchange;
            current.front.proceed(() -> current.unreachable(why));
        }
    }

    void insecure(String why) {
        if (exchange != null) {
            Exchange current = exchange;
            current.front.proceed(() -> current.insecure(why));
        }
    }

    /** The connection this is on is up. */
    void connected() {
        if (exchange != null) {
            arm(connection.loop().settings.serverMillis());
            exchange.front.proceed(exchange::connected);
        }
    }

    @Override
    public boolean isConnected() {
        return connection.isConnected();
    }

    @Override
    public boolean head(RequestHead head) {
        MetaData.Request request = H2Heads.request(head);
        if (!connection.out.hasRoom(Settings.LARGEST_PIECE)) {
            unsentHead = request;
            unsentHeadIsAll = !head.hasBody();
            mux.await(this);
            return true;
        }
        return sendHead(request, !head.hasBody());
    }

    private boolean sendHead(MetaData.Request request, boolean all) {
        int next = mux.takeId();
        if (!mux.writer.headers(next, request, all)) {
            return false; // the id is skipped, which is legal
        }
        id = next;
        mux.streams.begun(this);
        if (all) {
            endedWithHead();
        }
        return true;
    }

    @Override
    public boolean takesBody() {
        if (unsentHead != null || hasUnsent() || connection.closed) {
            return false;
        }
        if (!connection.out.hasRoom(Settings.LARGEST_PIECE)) {
            mux.await(this);
            return false;
        }
        return true;
    }

    @Override
    void writable() {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        if (unsentHead != null) {
            MetaData.Request head = unsentHead;
            unsentHead = null;
            if (!sendHead(head, unsentHeadIsAll)) {
                current.front.proceed(current::headTooLarge);
                return;
            }
        }
        current.front.pump();
    }

    @Override
    public void body(ByteBuffer content) {
        send(content);
    }

    @Override
    public void bodyEnd(HttpFields trailers) {
        sendEnd(trailers);
    }

    @Override
    public void flush() {
        mux.flush();
    }

    @Override
    public void pump() {
        if (pumping || exchange == null) {
            return;
        }
        Exchange current = exchange;
        pumping = true;
        try {
            relay(current);
            current.front.flush();
        } catch (IOException e) {
            current.front.fail();
        } finally {
            pumping = false;
        }
        if (exchange == current) { // otherwise the connection may be another loop's by now
            mux.flush(); // what was passed on is credited to the origin
        }
    }

    private void relay(Exchange current) throws IOException {
        while (exchange == current) {
            paused = !current.clientHasRoom();
            if (paused || exchange != current) {
                return;
            }
            if (!heads.isEmpty()) {
                current.answer(heads.poll());
            } else if (!received.isEmpty()) {
                ByteBuffer piece = received.peek(Settings.INPUT_BUFFER);
                int length = piece.remaining();
                current.answerBody(piece);
                passedOn(length);
            } else {
                if (endReceived) {
                    current.answerEnd(trailersReceived());
                }
                return;
            }
        }
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public boolean isReused() {
        return connection.isReused();
    }

    @Override
    public boolean hasAnswered() {
        return answering;
    }

    @Override
    public boolean isClean() {
        return !connection.closed;
    }

    @Override
    public void detach(boolean reusable) {
        end(ErrorCode.NO_ERROR);
    }

    @Override
    public void drop() {
        end(ErrorCode.CANCEL_STREAM_ERROR);
    }

    private void end(ErrorCode why) {
        exchange = null;
        unsentHead = null;
        if (!isOver()) {
            reset(why);
        }
        mux.detach(this);
    }

    @Override
    void movedOn() {
        arm(connection.loop().settings.serverMillis());
    }

    @Override
    void expired() throws IOException {
        Exchange current = exchange;
        if (current != null && connection.isConnected()) {
            current.serverTimedOut();
        } else if (current != null) {
            current.connectTimedOut();
        }
    }
}

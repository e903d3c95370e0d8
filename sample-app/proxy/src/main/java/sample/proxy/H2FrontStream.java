package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.HeadersFrame;

/** A client's stream: one request, one answer. */
final class H2FrontStream extends H2Stream implements FrontStream {
    private final H2Front front;
    /** The request's head, until the exchange has begun. */
    private HeadersFrame unbegun;
    private Exchange exchange;
    private boolean pumping;
    private boolean endPassedOn;

    H2FrontStream(H2Front front, int id, HeadersFrame head) {
        super(front);
        this.front = front;
        this.id = id;
        this.unbegun = head;
        this.endReceived = head.isEndStream();
        announced(head.getMetaData().getContentLength());
    }

    @Override
    void headersReceived(HeadersFrame trailers) {
        if (!trailers.isEndStream() || trailers.getMetaData().isRequest() || trailers.getMetaData().isResponse()) {
            mux.streamError(this, ErrorCode.PROTOCOL_ERROR);
        } else {
            trailersReceived(trailers.getMetaData());
        }
    }

    @Override
    void advance() throws IOException {
        if (isOver() && (resetReceived || wasResetHere())) {
            abandon();
            front.detach(this);
            return;
        }
        if (unbegun != null) {
            begin();
        }
        pump();
    }

    private void begin() throws IOException {
        HeadersFrame frame = unbegun;
        unbegun = null;
        if (!(frame.getMetaData() instanceof MetaData.Request request)) {
            mux.streamError(this, ErrorCode.PROTOCOL_ERROR);
        } else if (request.getMethod().equals("CONNECT")) {
            answerError(null, 501, "This proxy opens no tunnels: CONNECT is not supported.", true);
        } else {
            try {
                exchange = new Exchange(this, H2Heads.request(request, frame.isEndStream(), loop().server.authority()));
            } catch (H2Heads.Malformed e) {
                mux.streamError(this, ErrorCode.PROTOCOL_ERROR); // RFC 9113 section 8.1.1
                return;
            }
            exchange.begin();
        }
    }

    @Override
    public FrontConnection connection() {
        return front.front;
    }

    private EventLoop loop() {
        return front.front.loop();
    }

    @Override
    public void proceed(Step step) {
        if (!front.front.closed && exchange != null) {
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
        if (pumping || exchange == null) {
            return;
        }
        pumping = true;
        try {
            while (passOn()) {
                arm(loop().settings.clientMillis());
            }
            if (exchange != null) {
                exchange.flushRequest();
            }
        } catch (IOException e) {
            fail();
        } catch (RuntimeException | AssertionError e) {
            loop().broken(e);
            fail();
        } finally {
            pumping = false;
        }
        flush(); // what was passed on is credited to the client
    }

    /** @return whether there may be more to do at once */
    private boolean passOn() throws IOException {
        Exchange current = exchange;
        if (current == null || !current.takesRequest() || received.isEmpty() && !endReceived || !current.hasRoom()) {
            return false;
        }
        if (received.isEmpty()) {
            if (endPassedOn) {
                return false;
            }
            endPassedOn = true;
            current.bodyEnd(trailersReceived());
            return false;
        }
        ByteBuffer piece = received.peek(Settings.INPUT_BUFFER);
        int length = piece.remaining();
        current.body(piece);
        passedOn(length);
        return exchange == current;
    }

    @Override
    public boolean hasRoom() {
        if (front.front.closed || hasUnsent()) {
            return false; // to be called again when that is sent
        }
        if (!front.front.out.hasRoom(Settings.LARGEST_PIECE)) {
            flush();
            if (front.front.closed || !front.front.out.hasRoom(Settings.LARGEST_PIECE)) {
                mux.await(this);
                return false;
            }
        }
        return true;
    }

    @Override
    void writable() {
        if (exchange != null) {
            exchange.clientWritable();
        } else {
            finish();
        }
    }

    @Override
    public void interim(ResponseHead head) {
        mux.writer.headers(id, H2Heads.response(head), false);
    }

    @Override
    public boolean head(RequestHead request, ResponseHead head, boolean keepAlive) {
        boolean last = head.isBodiless() || request.isHead() || head.length() == 0;
        if (!mux.writer.headers(id, H2Heads.response(head), last)) {
            return false;
        }
        if (last) {
            endedWithHead();
        }
        return true;
    }

    @Override
    public void content(ByteBuffer content) {
        if (isEndSent()) {
            content.position(content.limit()); // of an answer to HEAD, which has no body
        } else {
            send(content);
        }
    }

    @Override
    public boolean end(HttpFields trailers) {
        sendEnd(trailers);
        return true;
    }

    @Override
    public void halfEnd() {
        throw new AssertionError("no tunnel begins on a stream");
    }

    @Override
    public void flush() {
        front.flush();
    }

    @Override
    public void settle() {
        // the mux does, at the end of each flush
    }

    @Override
    public void answerDone(boolean goOn, boolean asked) {
        exchange = null;
        arm(loop().settings.clientMillis());
        finish();
        flush();
    }

    /** Leaves the mux once all is sent. The rest of a request whose answer is complete is not wanted any more. */
    private void finish() {
        if (!hasUnsent()) {
            if (!endReceived) {
                reset(ErrorCode.NO_ERROR); // RFC 9113 section 8.1
            }
            front.detach(this);
        }
    }

    @Override
    public void answerError(RequestHead request, int status, String sentence, boolean goOn) {
        loop().counters.error();
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        HttpFields fields = HttpFields.build().add(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        ResponseHead head = new ResponseHead(status, null, fields, body.length, true);
        boolean last = request != null && request.isHead();
        mux.writer.headers(id, H2Heads.response(head), last);
        if (last) {
            endedWithHead();
        } else {
            send(ByteBuffer.wrap(body));
            sendEnd(null);
        }
        answerDone(goOn, false);
    }

    @Override
    void movedOn() {
        arm(loop().settings.clientMillis());
    }

    @Override
    void expired() throws IOException {
        if (exchange != null) {
            exchange.clientExpired(hasUnsent());
        } else {
            fail(); // it does not take the rest of its answer
        }
    }

    @Override
    public void fail() {
        abandon();
        reset(ErrorCode.INTERNAL_ERROR);
        front.detach(this);
    }

    /** Gives up the exchange, without a word to the client. */
    void abandon() {
        unbegun = null;
        if (exchange != null) {
            Exchange given = exchange;
            exchange = null;
            given.abandon();
        }
    }
}

package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.HeadersFrame;

/**
 * One stream of an HTTP/2 connection: what has come and was not passed on yet, what waits to be sent, and flow control both ways.
 * The parser's reports are only recorded here; {@link #advance} acts on them once the parser has returned. Owner thread only.
 */
abstract class H2Stream {
    /** What either side may send before it is told to go on, in bytes; the protocol's default. */
    static final int WINDOW = 65_535;

    final H2Mux mux;
    /** 0 until the stream has one. */
    int id;
    /** Received and not passed on; no more than {@link #WINDOW} bytes. */
    final ByteQueue received = new ByteQueue();
    boolean endReceived;
    /** The peer has reset the stream, with {@link #resetCode}. */
    boolean resetReceived;
    int resetCode;
    /** When {@link #expired} is to be called, in nanoseconds of {@link EventLoop#now()}. */
    long deadline = ConnectionTimer.NEVER;
    /** In the mux's queue of streams that wait for a window or for room in the output. */
    boolean waiting;
    /** In the mux's queue of streams that the parser has reported on. */
    boolean reported;

    private final ByteQueue unsent = new ByteQueue(); // bounded: no more is taken while there is some
    private boolean endUnsent;
    private boolean endSent;
    private boolean resetSent;
    private long sendWindow;
    private int receiveWindow = WINDOW;
    private int uncredited;
    /** Of the announced Content-Length; -1 if none was announced. */
    private long announced = -1;
    private long counted;
    private HttpFields trailers;
    private HttpFields unsentTrailers;

    H2Stream(H2Mux mux) {
        this.mux = mux;
        this.sendWindow = mux.initialSendWindow();
    }

    /** A header block on a stream that exists. Parser's callback: records only. */
    abstract void headersReceived(HeadersFrame frame);

    /** Acts on what was recorded. May end the stream. */
    abstract void advance() throws IOException;

    /** Gives up the stream and its exchange. Never throws. */
    public abstract void fail();

    /** Nothing is unsent any more, and there is room. */
    abstract void writable();

    /** The peer has taken some of what waited: slow is not dead. */
    abstract void movedOn();

    /** The deadline has passed. */
    abstract void expired() throws IOException;

    /** Parser's callback: records only. */
    final void dataReceived(ByteBuffer content, int flowLength, boolean end) {
        if (resetSent) {
            return; // it was under way
        }
        if (endReceived) {
            mux.streamError(this, ErrorCode.STREAM_CLOSED_ERROR);
            return;
        }
        receiveWindow -= flowLength;
        counted += content.remaining();
        if (receiveWindow < 0) {
            mux.streamError(this, ErrorCode.FLOW_CONTROL_ERROR);
        } else if (announced >= 0 && (counted > announced || end && counted < announced)) {
            mux.streamError(this, ErrorCode.PROTOCOL_ERROR); // RFC 9113 section 8.1.1
        } else {
            uncredited += flowLength - content.remaining();
            received.add(content);
            endReceived = end;
        }
    }

    /** The header block that ends the message. Parser's callback: records only. */
    final void trailersReceived(MetaData received) {
        try {
            trailers = H2Heads.trailers(received);
        } catch (H2Heads.Malformed e) {
            mux.streamError(this, ErrorCode.PROTOCOL_ERROR);
        }
        if (announced >= 0 && counted < announced) {
            mux.streamError(this, ErrorCode.PROTOCOL_ERROR);
        }
        endReceived = true;
    }

    /** What came after the content and may go on; null if there was nothing. */
    final HttpFields trailersReceived() {
        return trailers;
    }

    /** The received head says how long the body is; -1 if it does not. */
    final void announced(long length) {
        announced = length;
    }

    /** So much of what was received has been passed on: the peer may send as much again, but is told only now and then. */
    final void passedOn(int bytes) {
        received.skip(bytes);
        uncredited += bytes;
        if (uncredited >= WINDOW / 2 && wantsRoom()) {
            receiveWindow += uncredited;
            mux.writer.windowUpdate(id, uncredited);
            uncredited = 0;
        }
    }

    /**
     * The peer has more to send than it may. Who is told so and has not may have closed the stream: Jetty gives up a connection on which
     * that happens more than 128 times a second.
     */
    private boolean wantsRoom() {
        return !endReceived && !resetReceived && (announced < 0 || announced - counted > receiveWindow);
    }

    /** @return false if the window would be larger than it may be */
    final boolean enlargeSendWindow(long increment) {
        sendWindow += increment;
        return sendWindow <= Integer.MAX_VALUE;
    }

    /** Takes all of the content. */
    final void send(ByteBuffer content) {
        if (unsent.isEmpty()) {
            sendNow(content, false);
        }
        if (content.hasRemaining()) {
            unsent.add(content);
            mux.await(this);
        }
    }

    /** @param trailers to go with the end; null for none */
    final void sendEnd(HttpFields trailers) {
        if (!endSent) {
            endUnsent = true;
            unsentTrailers = trailers;
            sendUnsent();
        }
    }

    /** The head that was just sent was all. */
    final void endedWithHead() {
        endSent = true;
    }

    /** Sends what can be sent, or has the mux call again. */
    final void sendUnsent() {
        if (resetSent) {
            return;
        }
        int before = unsent.size();
        ByteBuffer content = unsent.peek(before);
        boolean allSent = sendNow(content, endUnsent);
        unsent.skip(before - content.remaining());
        if (!allSent) {
            mux.await(this);
        }
    }

    /** @return whether all went, with the end if it was to */
    private boolean sendNow(ByteBuffer content, boolean end) {
        while (content.hasRemaining()) {
            int most = (int) Math.min(sendWindow, mux.mostToSend());
            if (most <= 0) {
                return false;
            }
            int before = content.remaining();
            mux.writer.data(id, content, most, end && unsentTrailers == null);
            sendWindow -= before - content.remaining();
            mux.sent(before - content.remaining());
            movedOn();
            endSent = end && unsentTrailers == null && !content.hasRemaining();
        }
        return !end || endSent || sendEndAlone(content);
    }

    private boolean sendEndAlone(ByteBuffer none) {
        if (unsentTrailers != null && !mux.wantsInput()) {
            return false; // they need room
        }
        endSent = unsentTrailers != null && mux.writer.headers(id, H2Heads.trailers(unsentTrailers), true);
        if (!endSent) {
            mux.writer.data(id, none, 0, true); // needs no window
            endSent = true;
        }
        return true;
    }

    public final boolean hasUnsent() {
        return !unsent.isEmpty() || endUnsent && !endSent;
    }

    /** Whether both sides have said all. */
    final boolean isOver() {
        return resetReceived || resetSent || endSent && endReceived;
    }

    final boolean isEndSent() {
        return endSent;
    }

    /** Tells the peer that there will be no more of this stream, once. */
    final void reset(ErrorCode why) {
        if (id != 0 && !resetSent && !resetReceived) {
            resetSent = true;
            mux.writer.reset(id, why.code);
        }
        received.clear();
        unsent.clear();
    }

    final boolean wasResetHere() {
        return resetSent;
    }

    /** Has {@link #expired} called if this is not called again within the given time. */
    public final void arm(long millis) {
        deadline = mux.connection.in(millis);
        mux.armed(this);
    }
}

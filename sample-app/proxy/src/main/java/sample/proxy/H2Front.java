package sample.proxy;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.parser.Parser;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.RateControl;

/** The HTTP/2 mux of a client's connection. Its streams are requests; it never leaves its loop and is never in an idle list. */
final class H2Front extends H2Mux implements FrontMux {
    static final int MAX_STREAMS = 100;

    final FrontConnection front;
    private int lastId;
    /** No new streams; the connection ends with the last of those there are. */
    private boolean closing;
    private boolean inputEnded;
    /** All is sent and said to be; what the client still sends is thrown away. */
    private boolean lingering;

    H2Front(FrontConnection front) {
        super(front);
        this.front = front;
        writer.settings(Map.of(SettingsFrame.MAX_CONCURRENT_STREAMS, MAX_STREAMS, SettingsFrame.MAX_HEADER_LIST_SIZE, Settings.MAX_HEAD));
        if (front.loop().isStopping()) {
            stopping();
        }
    }

    @Override
    Parser newParser(RateControl rateControl) {
        return new ServerParser(H2Writer.POOL, Settings.MAX_HEAD, rateControl);
    }

    @Override
    boolean hasBegun(int id) {
        return (id & 1) == 1 && id <= lastId;
    }

    @Override
    int lastPeerId() {
        return lastId;
    }

    @Override
    void headersOfNoStream(HeadersFrame frame) {
        int id = frame.getStreamId();
        if (begin(id)) {
            H2FrontStream stream = new H2FrontStream(this, id, frame);
            streams.begun(stream);
            stream.arm(front.loop().settings.clientMillis());
            report(stream);
        }
    }

    /** Whether a header block may begin a stream with this id. Parser's callback: records only. */
    private boolean begin(int id) {
        if (streams.wasResetHere(id)) {
            return false; // it was under way when the reset was sent
        }
        if (streams.hasEnded(id)) {
            connectionError(ErrorCode.STREAM_CLOSED_ERROR, "HEADERS on a stream that has ended");
            return false;
        }
        if ((id & 1) == 0 || id <= lastId) {
            connectionError(ErrorCode.PROTOCOL_ERROR, "a stream with the id " + id + " after " + lastId);
            return false;
        }
        if (closing) {
            return false; // above the last id that GOAWAY has named: not served, and the client knows
        }
        lastId = id;
        if (streams.size() >= MAX_STREAMS) {
            streams.refused(id);
            writer.reset(id, ErrorCode.REFUSED_STREAM_ERROR.code);
            suspect(ErrorCode.REFUSED_STREAM_ERROR);
            return false;
        }
        return true;
    }

    @Override
    void refuse(int id, ErrorCode why) {
        if (begin(id) || hasBegun(id) && !streams.wasResetHere(id)) {
            streams.refused(id);
            writer.reset(id, why.code);
            suspect(why);
        }
    }

    @Override
    void configure(Map<Integer, Integer> settings) {
        // nothing of a client's settings concerns the front side alone
    }

    @Override
    void goingAway(int lastId, int error) {
        closing = true; // it begins no more streams; those that it has may end
    }

    @Override
    void inputEnded() {
        inputEnded = true; // who is gone takes no answers: half a connection is none in HTTP/2
        fail();
    }

    /** The response on this stream is complete, or never will be. */
    void detach(H2FrontStream stream) {
        if (streams.remove(stream) && !front.closed) {
            if (streams.isEmpty()) {
                front.arm(front.loop().settings.clientMillis());
            }
            gone();
        }
    }

    @Override
    void broken(String why, boolean told) {
        abandonAll();
        if (told && !front.closed) {
            closing = true;
            front.arm(front.loop().settings.clientMillis());
        } else {
            front.close();
        }
    }

    private void abandonAll() {
        for (H2Stream stream : streams.snapshot()) {
            streams.remove(stream);
            ((H2FrontStream) stream).abandon();
        }
    }

    @Override
    void conclude(boolean wasIdle) {
        if (closing && streams.isEmpty() && front.out.isEmpty() && !lingering) {
            endOutput();
        }
        if (!front.closed) {
            settle();
        }
    }

    /** As with HTTP/1: closing with unread input would reset the connection, and the client might lose what was sent last. */
    private void endOutput() {
        try {
            lingering = front.endOutput();
            if (lingering) {
                front.arm(Settings.LINGER);
            }
        } catch (IOException e) {
            front.close();
        }
    }

    @Override
    boolean isUp() {
        return true;
    }

    @Override
    boolean discards() {
        return lingering;
    }

    @Override
    public void stopping() {
        if (!closing && !front.closed) {
            closing = true;
            writer.goAway(lastId, ErrorCode.NO_ERROR.code);
            flush();
        }
    }

    @Override
    void idleTooLong() {
        if (closing) {
            front.close();
        } else {
            stopping();
            if (!front.closed && !lingering) {
                front.arm(front.loop().settings.clientMillis()); // it does not even read that; or it does now, and then has a little time
            }
        }
    }

    @Override
    public void fail() {
        abandonAll();
        front.close();
    }
}

package sample.proxy;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.parser.Parser;
import org.eclipse.jetty.io.RateControl;

/**
 * The HTTP/2 mux of a connection to the origin. With streams and room for more, the connection is one of its loop's available ones,
 * which no other loop can take; without streams it is idle, and published.
 */
final class H2Back extends H2Mux implements BackMux {
    private static final int MAX_STREAMS = 100;
    private static final int LAST_ID = Integer.MAX_VALUE - 2;

    private final BackConnection back;
    /** The one client whose streams may come here, while there are any; null if any client's may. */
    private FrontConnection holder;
    private boolean begun;
    private int nextId = 1;
    private int maxStreams = MAX_STREAMS;
    /** No new streams; the connection ends with the last of those there are. */
    private boolean goingAway;

    H2Back(BackConnection back) {
        super(back);
        this.back = back;
    }

    @Override
    Parser newParser(RateControl rateControl) {
        return new Parser(H2Writer.POOL, Settings.MAX_HEAD, rateControl);
    }

    @Override
    public boolean hasRoom() {
        return !goingAway && streams.size() < maxStreams && nextId < LAST_ID;
    }

    @Override
    public BackStream attach(Exchange exchange) {
        if (streams.isEmpty() && !back.isPrivate()) {
            hold(exchange);
        }
        H2BackStream stream = new H2BackStream(this, back, exchange);
        streams.add(stream);
        Settings settings = back.loop().settings;
        stream.arm(back.isConnected() ? settings.serverMillis() : settings.connectMillis());
        if (!begun) {
            begin();
        }
        return stream;
    }

    /**
     * Who may add streams while there are some. One slow answer can hold up all streams of a connection, so unless all is shared only
     * the client that has the first of them may, until the connection is idle again.
     */
    private void hold(Exchange exchange) {
        if (holder != null) {
            return; // it is that client's still: the last words of its last stream are not sent yet
        }
        if (back.loop().server.sharesActive(back)) {
            back.loop().avail.add(back);
        } else {
            holder = exchange.front.connection();
            holder.own(back);
        }
    }

    /** The first thing on the connection, sent with the first request. */
    private void begin() {
        begun = true;
        writer.preface();
        writer.settings(Map.of(SettingsFrame.ENABLE_PUSH, 0, SettingsFrame.MAX_HEADER_LIST_SIZE, Settings.MAX_HEAD));
    }

    int takeId() {
        int id = nextId;
        nextId += 2;
        return id;
    }

    @Override
    public void connected() {
        for (H2Stream stream : streams.snapshot()) {
            ((H2BackStream) stream).connected();
        }
        flush();
    }

    @Override
    public void unreachable(String why) {
        back.close();
        for (H2Stream stream : streams.snapshot()) {
            ((H2BackStream) stream).unreachable(why);
        }
    }

    @Override
    public void insecure(String why) {
        back.close();
        for (H2Stream stream : streams.snapshot()) {
            ((H2BackStream) stream).insecure(why);
        }
    }

    @Override
    public boolean isIdle() {
        return streams.isEmpty();
    }

    @Override
    public boolean isSafe() {
        return true;
    }

    @Override
    public void unread(byte read) {
        back.in.compact().put(read).flip(); // an idle connection may well say something; its owner will hear it
    }

    @Override
    boolean hasBegun(int id) {
        return (id & 1) == 1 && id < nextId;
    }

    @Override
    int lastPeerId() {
        return 0; // an origin begins no streams
    }

    @Override
    void headersOfNoStream(HeadersFrame frame) {
        if (!hasBegun(frame.getStreamId())) {
            connectionError(ErrorCode.PROTOCOL_ERROR, "HEADERS on a stream that has not begun");
        } else if (!streams.wasResetHere(frame.getStreamId())) {
            suspect(frame);
        }
    }

    @Override
    void refuse(int id, ErrorCode why) {
        if (!hasBegun(id)) {
            connectionError(ErrorCode.PROTOCOL_ERROR, "a frame on a stream that has not begun");
        }
    }

    @Override
    void configure(Map<Integer, Integer> settings) {
        Integer most = settings.get(SettingsFrame.MAX_CONCURRENT_STREAMS);
        if (most != null) {
            maxStreams = most < 0 ? MAX_STREAMS : Math.min(most, MAX_STREAMS);
        }
    }

    @Override
    void goingAway(int lastId, int error) {
        goingAway = true;
        for (H2Stream stream : streams.all()) {
            if (stream.id == 0 || stream.id > lastId) {
                ((H2BackStream) stream).refused();
                report(stream);
            }
        }
    }

    @Override
    void inputEnded() {
        broken("The server closed the connection.", false);
    }

    @Override
    void broken(String why, boolean told) {
        if (told) {
            try {
                back.out.flush(back.channel);
            } catch (IOException e) {
                // then it will not know why
            }
        }
        back.close();
        for (H2Stream stream : streams.snapshot()) {
            ((H2BackStream) stream).connectionLost(why);
        }
    }

    /** The exchange on this stream is over. If that makes the connection idle, nothing of it may be touched when this returns. */
    void detach(H2BackStream stream) {
        if (streams.remove(stream) && !back.closed) {
            gone();
        }
    }

    /**
     * Attached streams keep the connection here; without any it is published. That is the last act of a run or of a detach, so that
     * nobody above can touch what may be another loop's by then.
     */
    @Override
    void conclude(boolean wasIdle) {
        if (!isUp() && !streams.isEmpty()) {
            return; // the streams wait, and so does the channel's readiness to connect
        }
        if (!streams.isEmpty()) {
            settle();
        } else if (goingAway || !isUp()) {
            back.close();
        } else if (back.hasUnread() || !back.out.isEmpty()) {
            settle(); // not idle before its last words are sent: a thief would only ask for readiness to read
            back.arm(back.loop().settings.serverMillis());
        } else {
            // Unlisted and without streams, so this thread is still the only one that can reach it. Before the insert it has to be as
            // its next owner needs it: no list of this loop's or of a client's knows it, it asks for readiness to read, and its timer
            // is set. From the insert on it belongs to the list's lock, and neither this mux nor its tasklet may be touched here.
            settle();
            back.loop().avail.remove(back);
            if (holder != null) {
                holder.disown(back);
                holder = null;
            }
            back.doomed = false;
            back.arm(back.loop().settings.serverMillis());
            back.release();
        }
    }

    @Override
    boolean isUp() {
        return back.isConnected();
    }

    @Override
    boolean discards() {
        return false;
    }

    @Override
    void idleTooLong() {
        back.close();
    }

    @Override
    public void fail() {
        broken("The proxy gave up the connection.", false);
    }
}

package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.parser.Parser;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;

/**
 * What the HTTP/2 muxes of both sides have in common: reading and parsing, the streams in turn, the output. Owner thread only; a
 * connection that is taken over takes all of this along, and the list's lock orders what its old owner has written here.
 */
abstract class H2Mux implements Mux {
    /** Reads, and rounds of writing, in one wake at most, so that one connection does not hold up the loop. */
    private static final int ROUNDS_PER_WAKE = 16;
    /** Of each kind that costs the sender less than the receiver: resets, settings, pings, empty frames, errors. */
    private static final int SUSPECT_FRAMES_PER_SECOND = 128;

    final Connection connection;
    final H2Writer writer;
    final H2Streams streams = new H2Streams();
    private final H2Reports reports;
    private final Parser parser;
    /** Streams that the parser has reported on. */
    private final ArrayDeque<H2Stream> reported = new ArrayDeque<>();
    /** Streams that wait for a window or for room in the output. */
    private final ArrayDeque<H2Stream> waiting = new ArrayDeque<>();
    private long sendWindow = H2Stream.WINDOW;
    private int initialSendWindow = H2Stream.WINDOW;
    /** Inside {@link #run}: what happens meanwhile is sent and concluded by it, at its end. */
    private boolean running;
    /** The peer was sent the GOAWAY that says what it did wrong. */
    private boolean told;

    H2Mux(Connection connection) {
        this.connection = connection;
        this.writer = new H2Writer(connection);
        this.reports = new H2Reports(this);
        this.parser = newParser(new WindowRateControl(SUSPECT_FRAMES_PER_SECOND, Duration.ofSeconds(1)));
        parser.setMaxFrameSize(Frame.DEFAULT_MAX_SIZE);
        parser.init(reports);
    }

    abstract Parser newParser(RateControl rateControl);

    /** A header block on a stream that is not there. Parser's callback: records only. */
    abstract void headersOfNoStream(HeadersFrame frame);

    /** Whether there has been such a stream. */
    abstract boolean hasBegun(int id);

    /** A header block that cannot be understood, on a stream that is not there. Parser's callback: records only. */
    abstract void refuse(int id, ErrorCode why);

    /** Whether the channel, and TLS on it, are connected. */
    abstract boolean isUp();

    /** Whether what comes is thrown away. */
    abstract boolean discards();

    /** The peer will answer, or take, nothing above this id. */
    abstract void goingAway(int lastId, int error);

    /** The last id that the peer has begun a stream with. */
    abstract int lastPeerId();

    abstract void configure(Map<Integer, Integer> settings);

    /** The peer has broken the protocol and was told so; or the connection is broken, if {@code told} is false. */
    abstract void broken(String why, boolean told);

    /** The end of the peer's output. */
    abstract void inputEnded();

    /** All is sent that can be: what the connection is now waiting for. The last act of every run. */
    abstract void conclude(boolean wasIdle);

    /** The time is up, and there was no stream. */
    abstract void idleTooLong();

    /** Part of a run. */
    private interface Act {
        void run() throws IOException;
    }

    @Override
    public final void ioCallback(boolean wasIdle) {
        run(this::receive, wasIdle);
    }

    /** Sends what the socket takes, unless a run is under way, which will. May end the connection. */
    final void flush() {
        if (!running) {
            run(() -> { }, false);
        }
    }

    /** A stream has gone: if that was the last of them, there is something to conclude. */
    final void gone() {
        flush();
    }

    private void run(Act act, boolean wasIdle) {
        running = true;
        try {
            act.run();
            hasFailed();
            push();
        } catch (IOException e) {
            broken("The connection broke: " + e.getMessage() + ".", false);
        } finally {
            running = false;
        }
        if (!connection.closed) {
            conclude(wasIdle);
        }
    }

    private void receive() throws IOException {
        for (int round = 0; round < ROUNDS_PER_WAKE && !connection.closed; round++) {
            feed();
            if (connection.closed || connection.drained || !wantsInput()) {
                return;
            }
            if (connection.read() < 0) {
                inputEnded();
                return;
            }
        }
    }

    private void feed() throws IOException {
        ByteBuffer in = connection.in;
        if (discards()) {
            in.clear().flip();
        }
        while (in.hasRemaining() && wantsInput()) {
            int before = in.remaining();
            parser.parse(in);
            if (hasFailed()) {
                return;
            }
            if (in.remaining() == before) {
                throw new IOException("its frames cannot be parsed");
            }
            advanceReported();
            if (connection.closed) {
                return;
            }
        }
        advanceReported();
    }

    /** What the parser, or somebody's count of bad manners, has found is the end of the connection. */
    private boolean hasFailed() {
        if (reports.failure() == null || connection.closed || discards()) {
            return reports.failure() != null;
        }
        if (!told) {
            told = true;
            writer.goAway(lastPeerId(), reports.failure().code);
            connection.in.clear().flip();
            broken("The peer broke the protocol: " + reports.reason() + ".", true);
        }
        return true;
    }

    final void connectionError(ErrorCode error, String reason) {
        reports.fail(error, reason);
    }

    /** Answers to what comes need room; without it, what comes has to wait. */
    final boolean wantsInput() {
        return connection.out.hasRoom(Settings.LARGEST_PIECE);
    }

    private void advanceReported() {
        for (H2Stream stream = reported.poll(); stream != null; stream = reported.poll()) {
            stream.reported = false;
            try {
                stream.advance();
            } catch (IOException | RuntimeException | AssertionError e) {
                connection.loop().broken(e); // of this one stream; the others go on
                stream.fail();
            }
        }
    }

    /** Sends, and has the streams that wait for room go on, for as long as both lead to something. */
    private void push() throws IOException {
        for (int round = 0; !connection.closed && isUp(); round++) {
            connection.out.flush(connection.channel);
            int before = connection.out.pending();
            if (waiting.isEmpty() || !wantsInput()) {
                return;
            }
            if (round == ROUNDS_PER_WAKE) {
                connection.loop().wakeFromOutside(connection.tasklet()); // on with it in the next turn
                return;
            }
            resumeWaiting();
            if (connection.closed || connection.out.pending() == before) {
                return; // they wait for windows
            }
        }
    }

    private void resumeWaiting() {
        for (int left = waiting.size(); left > 0; left--) {
            H2Stream stream = waiting.poll();
            stream.waiting = false;
            if (stream.hasUnsent()) {
                stream.sendUnsent();
            }
            if (!stream.hasUnsent()) {
                stream.writable();
            }
        }
    }

    final void await(H2Stream stream) {
        if (!stream.waiting) {
            stream.waiting = true;
            waiting.add(stream);
        }
    }

    final void report(H2Stream stream) {
        if (!stream.reported) {
            stream.reported = true;
            reported.add(stream);
        }
    }

    /** What a stream may send of its content at once, in bytes. */
    final long mostToSend() {
        if (connection.closed) {
            return 0;
        }
        return Math.min(Math.min(sendWindow, connection.out.room()), Frame.DEFAULT_MAX_SIZE);
    }

    final void sent(int bytes) {
        sendWindow -= bytes;
    }

    /** @return false if the window would be larger than it may be */
    final boolean enlargeSendWindow(int increment) {
        sendWindow += increment;
        return sendWindow <= Integer.MAX_VALUE;
    }

    final int initialSendWindow() {
        return initialSendWindow;
    }

    /** @return false if a window would be larger than it may be */
    final boolean initialSendWindow(int window) {
        long change = (long) window - initialSendWindow;
        initialSendWindow = window;
        boolean legal = true;
        for (H2Stream stream : streams.all()) {
            legal &= stream.enlargeSendWindow(change);
        }
        return legal;
    }

    /** Resets a stream whose peer did wrong with it. Parser's callback, or its consequence. */
    final void streamError(H2Stream stream, ErrorCode why) {
        stream.reset(why);
        report(stream);
        suspect(why);
    }

    /** Counts what a peer must not do often. */
    final void suspect(Object event) {
        if (!parser.rateControlOnEvent(event)) {
            reports.fail(ErrorCode.ENHANCE_YOUR_CALM_ERROR, "too many errors in a second");
        }
    }

    final void armed(H2Stream stream) {
        long first = streams.size() == 1 ? stream.deadline : Math.min(connection.deadline, stream.deadline);
        connection.armUntil(first); // too early does no harm: the streams' own deadlines count
    }

    @Override
    public final void expired() {
        if (streams.isEmpty()) {
            idleTooLong();
            return;
        }
        run(() -> {
            long now = connection.loop().now();
            for (H2Stream stream : streams.snapshot()) {
                if (stream.deadline <= now) {
                    stream.deadline = ConnectionTimer.NEVER;
                    stream.expired();
                }
            }
            long first = ConnectionTimer.NEVER;
            for (H2Stream stream : streams.all()) {
                first = Math.min(first, stream.deadline);
            }
            if (!connection.closed && !streams.isEmpty()) {
                connection.armUntil(first);
            }
        }, false);
    }

    final void settle() {
        boolean reads = wantsInput() && connection.in.remaining() < connection.in.capacity();
        connection.interest((reads ? SelectionKey.OP_READ : 0) | connection.writeInterest());
    }
}

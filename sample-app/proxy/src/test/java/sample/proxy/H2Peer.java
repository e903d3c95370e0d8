package sample.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.PrefaceFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.parser.Parser;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * One end of an HTTP/2 connection on a blocking socket, client or origin, that sends whatever it is told to. The frames are Jetty's
 * too, but none of the proxy's own streams, windows or queues.
 */
final class H2Peer implements AutoCloseable, ServerParser.Listener {
    private static final int LARGE = 1 << 20;

    final Socket socket;
    private final Generator generator = new Generator(new ArrayByteBufferPool(), false, Frame.DEFAULT_MAX_SIZE);
    private final Parser parser;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private final byte[] input = new byte[16 * 1024];
    private boolean ended;
    private int nextId = 1;
    private int lastTargetId;
    /** Whether DATA is credited as soon as it arrives. */
    boolean credits = true;

    private H2Peer(Socket socket, boolean origin) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000); // so that a lost answer fails the test instead of hanging it
        socket.setTcpNoDelay(true);
        generator.getHpackEncoder().setMaxHeaderListSize(LARGE);
        parser = origin ? new ServerParser(new ArrayByteBufferPool(), LARGE, RateControl.NO_RATE_CONTROL)
                : new Parser(new ArrayByteBufferPool(), LARGE, RateControl.NO_RATE_CONTROL);
        parser.init(this);
    }

    static H2Peer client(TestProxy proxy) throws Exception {
        return client(proxy, Map.of());
    }

    static H2Peer client(TestProxy proxy, Map<Integer, Integer> settings) throws Exception {
        H2Peer client = new H2Peer(new Socket(proxy.proxy.address().getAddress(), proxy.proxy.address().getPort()), false);
        return client.send(new PrefaceFrame(), new SettingsFrame(settings, false));
    }

    /** The other end of a connection of the proxy's. */
    static H2Peer origin(TestOrigin.Talk talk, Map<Integer, Integer> settings) throws IOException {
        return new H2Peer(talk.socket(), true).send(new SettingsFrame(settings, false));
    }

    H2Peer send(Frame... all) throws IOException {
        for (Frame frame : all) {
            RetainableByteBuffer.Mutable bytes = RetainableByteBuffer.wrap(ByteBuffer.allocate(LARGE).flip());
            try {
                if (frame instanceof DataFrame data) {
                    generator.data(bytes, data, Frame.DEFAULT_MAX_SIZE);
                } else {
                    generator.control(bytes, frame);
                }
            } catch (org.eclipse.jetty.http2.hpack.HpackException e) {
                throw new IOException(e);
            }
            ByteBuffer raw = bytes.getByteBuffer();
            raw(raw.array(), raw.arrayOffset() + raw.position(), raw.remaining());
        }
        return this;
    }

    void raw(byte[] bytes, int from, int count) throws IOException {
        socket.getOutputStream().write(bytes, from, count);
    }

    /** Sends a request without a body; returns its stream. */
    int get(String path) throws IOException {
        return request("GET", path, HttpFields.EMPTY, true);
    }

    int request(String method, String path, HttpFields fields, boolean end) throws IOException {
        int id = nextId;
        nextId += 2;
        send(head(id, method, path, fields, end));
        return id;
    }

    static HeadersFrame head(int id, String method, String path, HttpFields fields, boolean end) {
        MetaData.Request request = new MetaData.Request(method, "http", new HostPortHttpField("test"), path, HttpVersion.HTTP_2, fields, -1);
        return new HeadersFrame(id, request, null, end);
    }

    static HeadersFrame answerHead(int id, int status, HttpFields fields) {
        return new HeadersFrame(id, new MetaData.Response(status, null, HttpVersion.HTTP_2, fields, -1), null, false);
    }

    void respond(int id, int status, String body) throws IOException {
        send(answerHead(id, status, HttpFields.EMPTY));
        send(new DataFrame(id, ByteBuffer.wrap(body.getBytes(StandardCharsets.ISO_8859_1)), true));
    }

    /** Sends a body in frames as large as may be; without regard to windows. */
    void body(int id, byte[] body) throws IOException {
        int from = 0;
        do {
            int length = Math.min(Frame.DEFAULT_MAX_SIZE, body.length - from);
            send(new DataFrame(id, ByteBuffer.wrap(body, from, length), from + length == body.length));
            from += length;
        } while (from < body.length);
    }

    /** The next frame of a type, those of other types before it thrown away; null at the end. */
    <F extends Frame> F next(Class<F> type) throws IOException {
        return next(type, frame -> true);
    }

    <F extends Frame> F next(Class<F> type, Predicate<F> wanted) throws IOException {
        while (true) {
            Frame frame = next();
            if (frame == null || type.isInstance(frame) && wanted.test(type.cast(frame))) {
                return type.cast(frame);
            }
        }
    }

    /** The next frame; null at the end. */
    Frame next() throws IOException {
        while (frames.isEmpty()) {
            int read = ended ? -1 : socket.getInputStream().read(input);
            if (read < 0) {
                ended = true;
                return null;
            }
            ByteBuffer bytes = ByteBuffer.wrap(input, 0, read);
            while (bytes.hasRemaining()) {
                parser.parse(bytes);
            }
        }
        return frames.poll();
    }

    /** Reads a whole answer, for which nothing else may be under way. */
    Answer answer(int id) throws IOException {
        HeadersFrame head = next(HeadersFrame.class);
        if (head == null) {
            throw new EOFException("The connection ended without an answer.");
        }
        MetaData.Response response = (MetaData.Response) head.getMetaData();
        if (head.getStreamId() != id) {
            throw new IOException("An answer on stream " + head.getStreamId() + ", expected " + id);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        HttpFields after = HttpFields.EMPTY;
        for (boolean end = head.isEndStream(); !end;) {
            Frame frame = next();
            if (frame instanceof DataFrame data) {
                ByteBuffer bytes = data.getByteBuffer();
                body.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                end = data.isEndStream();
            } else if (frame instanceof HeadersFrame trailers) {
                end = trailers.isEndStream();
                after = trailers.getMetaData().getHttpFields();
            } else if (frame == null || frame instanceof ResetFrame || frame instanceof GoAwayFrame) {
                throw new EOFException("In the middle of an answer: " + frame);
            }
        }
        return new Answer(response.getStatus(), response.getHttpFields(), body.toByteArray(), after);
    }

    /** Where the next request wants to; null at the end. */
    String nextTarget() throws IOException {
        HeadersFrame head = next(HeadersFrame.class);
        lastTargetId = head == null ? 0 : head.getStreamId();
        return head == null ? null : ((MetaData.Request) head.getMetaData()).getHttpURI().getPathQuery();
    }

    /** The stream of the last {@link #nextTarget}. */
    int lastTargetId() {
        return lastTargetId;
    }

    /** Ends a body with fields. */
    H2Peer trailers(int id, HttpFields fields) throws IOException {
        return send(new HeadersFrame(id, new MetaData(HttpVersion.HTTP_2, fields), null, true));
    }

    /** What is still to come of the body on a stream. */
    byte[] answerBody(int id) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (boolean end = false; !end;) {
            DataFrame data = next(DataFrame.class, frame -> frame.getStreamId() == id);
            if (data == null) {
                throw new EOFException("In the middle of an answer.");
            }
            body.write(data.getByteBuffer().array(), data.getByteBuffer().arrayOffset(), data.getByteBuffer().remaining());
            end = data.isEndStream();
        }
        return body.toByteArray();
    }

    record Answer(int status, HttpFields fields, byte[] body, HttpFields trailers) {
        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void onData(DataFrame frame) {
        ByteBuffer copy = ByteBuffer.allocate(frame.getByteBuffer().remaining()).put(frame.getByteBuffer()).flip();
        frames.add(new DataFrame(frame.getStreamId(), copy, frame.isEndStream()));
        if (credits && frame.flowControlLength() > 0) {
            try {
                send(new WindowUpdateFrame(0, frame.flowControlLength()));
                if (!frame.isEndStream()) {
                    send(new WindowUpdateFrame(frame.getStreamId(), frame.flowControlLength()));
                }
            } catch (IOException e) {
                // the next read shows it
            }
        }
    }

    @Override
    public void onHeaders(HeadersFrame frame) {
        frames.add(frame);
    }

    @Override
    public void onReset(ResetFrame frame) {
        frames.add(frame);
    }

    @Override
    public void onGoAway(GoAwayFrame frame) {
        frames.add(frame);
    }

    @Override
    public void onPing(PingFrame frame) {
        frames.add(frame);
    }

    @Override
    public void onWindowUpdate(WindowUpdateFrame frame) {
        frames.add(frame);
    }

    @Override
    public void onSettings(SettingsFrame frame) {
        frames.add(frame);
    }

    @Override
    public void onConnectionFailure(int error, String reason) {
        throw new IllegalStateException(error + " " + reason);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

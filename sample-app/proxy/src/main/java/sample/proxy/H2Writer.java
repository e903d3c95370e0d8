package sample.proxy;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.compression.HuffmanEncoder;
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
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/** Generates the frames of one connection into its output. Owner thread only; once the connection is closed it writes nothing. */
final class H2Writer {
    /** Scratch for header blocks. Of all loops, for a connection may change its loop; it holds nothing between two calls. */
    static final ByteBufferPool POOL = new ArrayByteBufferPool();

    private static final int MAX_TABLE = 4096;
    private static final int FIELD_OVERHEAD = 16;

    private final Connection connection;
    private final Generator generator = new Generator(POOL, false, Frame.DEFAULT_MAX_SIZE);
    private long peerMaxHead = Long.MAX_VALUE;

    H2Writer(Connection connection) {
        this.connection = connection;
        generator.getHpackEncoder().setMaxHeaderListSize(Settings.LARGEST_PIECE);
    }

    /** What the peer has said about the frames it takes. */
    void configure(Map<Integer, Integer> settings) {
        Integer table = settings.get(SettingsFrame.HEADER_TABLE_SIZE);
        if (table != null) {
            int capacity = table < 0 ? MAX_TABLE : Math.min(table, MAX_TABLE);
            generator.getHpackEncoder().setMaxTableCapacity(capacity);
            generator.getHpackEncoder().setTableCapacity(capacity);
        }
        Integer head = settings.get(SettingsFrame.MAX_HEADER_LIST_SIZE);
        if (head != null) {
            peerMaxHead = Integer.toUnsignedLong(head);
        }
        // A larger MAX_FRAME_SIZE is an offer; frames of the default size interleave better.
    }

    void preface() {
        control(new PrefaceFrame());
    }

    void settings(Map<Integer, Integer> settings) {
        control(new SettingsFrame(settings, false));
    }

    void settingsAck() {
        control(new SettingsFrame(Map.of(), true));
    }

    void pingAck(byte[] payload) {
        control(new PingFrame(payload, true));
    }

    void goAway(int lastId, int error) {
        control(new GoAwayFrame(lastId, error, null));
    }

    void reset(int id, int error) {
        control(new ResetFrame(id, error));
    }

    void windowUpdate(int id, int increment) {
        control(new WindowUpdateFrame(id, increment));
    }

    private void control(Frame frame) {
        try {
            write(frame);
        } catch (HpackException e) {
            throw new AssertionError(e); // no header block in these
        }
    }

    /** @return false, with nothing written and the compression's state unchanged, if the head cannot be sent */
    boolean headers(int id, MetaData head, boolean end) {
        if (!fits(head.getHttpFields())) {
            return false;
        }
        try {
            write(new HeadersFrame(id, head, null, end));
            return true;
        } catch (HpackException e) {
            return false; // a field that must not be sent; it is looked for before anything is encoded
        }
    }

    /** Both as the peer counts (RFC 9113 section 6.5.2) and as it may come out: Huffman codes can be longer than what they encode. */
    private boolean fits(HttpFields fields) {
        long counted = 1024; // the pseudo fields'
        long encoded = 1024;
        for (HttpField field : fields) {
            int name = field.getName().length();
            String value = field.getValue() == null ? "" : field.getValue();
            counted += name + value.length() + 32;
            encoded += name + FIELD_OVERHEAD + Math.max(value.length(), HuffmanEncoder.octetsNeeded(value));
        }
        return counted <= peerMaxHead && encoded <= Settings.MAX_HEAD;
    }

    private void write(Frame frame) throws HpackException {
        if (!connection.closed) {
            ByteBuffer scratch = connection.loop().frameScratch.clear().flip();
            RetainableByteBuffer.Mutable frames = RetainableByteBuffer.wrap(scratch);
            generator.control(frames, frame);
            connection.out.append(frames.getByteBuffer());
        }
    }

    /** Takes up to {@code most} bytes of the content, in one frame; the end goes with the last of it. */
    void data(int id, ByteBuffer content, int most, boolean end) {
        if (!connection.closed) {
            ByteBuffer scratch = connection.loop().frameScratch.clear().flip();
            RetainableByteBuffer.Mutable frames = RetainableByteBuffer.wrap(scratch);
            int length = Math.min(content.remaining(), most);
            boolean last = end && length == content.remaining();
            ByteBuffer piece = content.slice().limit(length);
            generator.data(frames, new DataFrame(id, piece, last), length);
            content.position(content.position() + length);
            connection.out.append(frames.getByteBuffer());
        }
    }
}

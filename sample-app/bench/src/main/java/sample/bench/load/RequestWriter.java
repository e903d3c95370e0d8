package sample.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;

/** Writes one request, in as many steps as the socket takes. */
final class RequestWriter {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEAD = 1 << 10;
    /** The body is offered in pieces, so that a chunked one has several chunks. */
    private static final int PIECE = 8 << 10;

    private final HttpGenerator generator = new HttpGenerator();
    private final MetaData.Request head;
    private final Body body;
    /** Null until the generator asks for them. */
    private ByteBuffer header;
    private ByteBuffer chunk;
    private ByteBuffer content = NOTHING;
    private int offered;
    private boolean flushing;

    /** @param last it is the last on its connection, and says so */
    RequestWriter(Exchange exchange, String authority, boolean last) {
        body = exchange.request();
        HttpFields.Mutable fields = HttpFields.build()
                .add(HttpHeader.HOST, authority)
                .add(Exchange.TOKEN, exchange.token());
        if (last) {
            fields.add(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        if (body != null) {
            fields.add(Exchange.CHECKSUM, body.checksum());
            if (body.chunked()) {
                fields.add(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
            }
        }
        long length = body == null || body.chunked() ? -1 : body.length();
        head = new MetaData.Request(exchange.method(), HttpURI.from(exchange.target()), HttpVersion.HTTP_1_1, fields, length);
    }

    /** Writes what the socket takes; true when the whole request is out. */
    boolean write(GatheringByteChannel socket) throws IOException {
        while (!flushing || flushed(socket)) {
            flushing = false;
            if (!content.hasRemaining() && !allOffered()) {
                content = body.bytes(offered, PIECE);
                offered += content.remaining();
            }
            HttpGenerator.Result result = generator.generateRequest(head, header, chunk, content, allOffered());
            switch (result) {
                case NEED_HEADER -> header = ByteBuffer.allocate(HEAD).flip();
                case NEED_CHUNK -> chunk = ByteBuffer.allocate(HttpGenerator.CHUNK_SIZE).flip();
                case FLUSH -> flushing = true;
                case CONTINUE -> { }
                case DONE, SHUTDOWN_OUT -> { // the latter for the last one; it is the proxy that closes
                    return true;
                }
                default -> throw new IllegalStateException("the request generator says " + result + " for " + head);
            }
        }
        return false;
    }

    private boolean allOffered() {
        return body == null || offered == body.length();
    }

    private boolean flushed(GatheringByteChannel socket) throws IOException {
        ByteBuffer[] parts = {header, chunk == null ? NOTHING : chunk, content};
        socket.write(parts);
        return !parts[0].hasRemaining() && !parts[1].hasRemaining() && !parts[2].hasRemaining();
    }
}

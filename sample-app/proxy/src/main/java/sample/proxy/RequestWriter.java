package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;

/** Generates the requests of one connection to the origin. */
final class RequestWriter {
    private final HttpGenerator generator = new HttpGenerator();
    private final ByteBuffer chunk = ByteBuffer.allocate(32).flip();
    private HttpFields trailers;

    /** @return false, with nothing appended, if the head is too large for {@code scratch} */
    boolean head(RequestHead head, OutBuffer out, ByteBuffer scratch) throws IOException {
        generator.reset();
        generator.setPersistent(true);
        HttpFields fields = head.fields();
        if (head.length() < 0) {
            fields = HttpFields.build(fields).add(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
        }
        if (head.upgrade() != null) {
            fields = HttpFields.build(fields).add(HttpHeader.UPGRADE, head.upgrade()).add(HttpHeader.CONNECTION, "upgrade");
        }
        if (fields.contains(HttpHeader.TE)) {
            fields = HttpFields.build(fields).add(HttpHeader.CONNECTION, "TE"); // RFC 9110 section 10.1.4
        }
        trailers = null;
        MetaData.Request request = new MetaData.Request(head.method(), head.uri(), HttpVersion.HTTP_1_1, fields, head.length(),
                head.length() < 0 ? () -> trailers : null);
        scratch.clear().flip();
        if (generator.generateRequest(request, scratch, null, null, !head.hasBody()) != HttpGenerator.Result.FLUSH) {
            return false;
        }
        out.append(scratch);
        return true;
    }

    void content(ByteBuffer content, OutBuffer out) throws IOException {
        chunk.clear().flip();
        generator.generateRequest(null, null, chunk, content, false);
        out.append(chunk);
        out.append(content);
    }

    /** @param trailers only a chunked body takes them; null for none */
    void end(HttpFields trailers, OutBuffer out, ByteBuffer scratch) throws IOException {
        this.trailers = trailers;
        while (!generator.isEnd()) {
            scratch.clear().flip();
            generator.generateRequest(null, null, scratch, null, true);
            out.append(scratch);
        }
    }

    /** The origin goes on with another protocol: what follows is no HTTP. */
    void beginTunnel() {
        generator.startTunnel();
    }
}

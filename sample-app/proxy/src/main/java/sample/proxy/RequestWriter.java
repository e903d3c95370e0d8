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

    /** @return false, with nothing appended, if the head is too large for {@code scratch} */
    boolean head(RequestHead head, OutBuffer out, ByteBuffer scratch) throws IOException {
        generator.reset();
        generator.setPersistent(true);
        HttpFields fields = head.fields();
        if (head.length() < 0) {
            fields = HttpFields.build(fields).add(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
        }
        MetaData.Request request = new MetaData.Request(head.method(), head.uri(), HttpVersion.HTTP_1_1, fields, head.length());
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

    void end(OutBuffer out) throws IOException {
        while (!generator.isEnd()) {
            chunk.clear().flip();
            generator.generateRequest(null, null, chunk, null, true);
            out.append(chunk);
        }
    }
}

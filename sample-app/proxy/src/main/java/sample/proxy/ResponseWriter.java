package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;

/** Generates the responses of one client connection. */
final class ResponseWriter {
    private final HttpGenerator generator = new HttpGenerator();
    private final ByteBuffer chunk = ByteBuffer.allocate(32).flip();
    private boolean bodiless;
    private HttpFields trailers;

    /**
     * The head of the origin's answer.
     *
     * @param keepAlive whether the client connection is to go on, as far as the framing allows
     * @return false, with nothing appended, if the head is too large for {@code scratch}
     */
    boolean head(RequestHead request, ResponseHead head, boolean keepAlive, OutBuffer out, ByteBuffer scratch) throws IOException {
        generator.reset();
        generator.setPersistent(keepAlive);
        bodiless = head.isBodiless() || request.isHead();
        boolean last = head.isBodiless() || request.isHead() && head.length() >= 0;
        long length = head.isBodiless() ? -1 : head.length();
        return write(head.status(), head.reason(), version(request), head.fields(), length, request.isHead(), last, out, scratch);
    }

    /** A 1xx, which the answer proper will follow. */
    void interim(ResponseHead head, OutBuffer out, ByteBuffer scratch) throws IOException {
        generator.reset();
        generator.setPersistent(true);
        write(head.status(), head.reason(), HttpVersion.HTTP_1_1, head.fields(), -1, false, false, out, scratch);
    }

    /**
     * An answer of the proxy's own, whole.
     *
     * @param request null if there was none that could be understood
     * @return whether the client connection may go on
     */
    boolean error(RequestHead request, int status, String sentence, boolean keepAlive, OutBuffer out, ByteBuffer scratch)
            throws IOException {
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        HttpFields.Mutable fields = HttpFields.build().add(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        boolean head = request != null && request.isHead();
        generator.reset();
        generator.setPersistent(keepAlive);
        write(status, null, version(request), fields, body.length, head, false, out, scratch);
        if (!head) {
            out.append(ByteBuffer.wrap(body));
        }
        return generator.isPersistent();
    }

    private boolean write(int status, String reason, HttpVersion version, HttpFields fields, long length, boolean head, boolean last,
            OutBuffer out, ByteBuffer scratch) throws IOException {
        trailers = null;
        boolean chunked = length < 0 && !head && !last && status >= 200 && version == HttpVersion.HTTP_1_1;
        MetaData.Response response = new MetaData.Response(status, reason, version, fields, length, chunked ? () -> trailers : null);
        scratch.clear().flip();
        if (generator.generateResponse(response, head, scratch, null, null, last) != HttpGenerator.Result.FLUSH) {
            return false;
        }
        out.append(scratch);
        return true;
    }

    private static HttpVersion version(RequestHead request) {
        return request == null ? HttpVersion.HTTP_1_1 : request.version();
    }

    void content(ByteBuffer content, OutBuffer out) throws IOException {
        if (bodiless) { // HTTP/2 has room for a body that must not be; HTTP/1's reader would take it for the next answer
            content.position(content.limit());
            return;
        }
        chunk.clear().flip();
        generator.generateResponse(null, false, null, chunk, content, false);
        out.append(chunk);
        out.append(content);
    }

    /**
     * Ends the answer.
     *
     * @param trailers only a chunked body takes them; null for none
     * @return whether the client connection may go on
     */
    boolean end(HttpFields trailers, OutBuffer out, ByteBuffer scratch) throws IOException {
        this.trailers = trailers;
        boolean persistent = generator.isPersistent();
        while (!bodiless && !generator.isEnd()) {
            scratch.clear().flip();
            generator.generateResponse(null, false, null, scratch, null, true);
            out.append(scratch);
        }
        return persistent;
    }
}

package sample.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Checks each request against its token, then answers with the body that the token stands for. */
final class OriginHandler extends Handler.Abstract {

    private static final int PIECE = 16 << 10;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String complaint;
        try {
            Exchange exchange = Exchange.of(Request.getPathInContext(request).substring(1));
            complaint = complaint(request, exchange);
            if (complaint == null) {
                answer(response, exchange);
            }
        } catch (IllegalArgumentException noToken) {
            complaint = noToken.getMessage();
        }
        if (complaint != null) {
            response.setStatus(Exchange.REQUEST_DAMAGED);
            Content.Sink.write(response, true, StandardCharsets.UTF_8.encode(complaint));
        }
        callback.succeeded();
        return true;
    }

    /** What is wrong with the request, or null. A proxy that mixes two requests shows here. */
    private static String complaint(Request request, Exchange exchange) throws IOException {
        String header = request.getHeaders().get(Exchange.TOKEN);
        if (!exchange.token().equals(header)) {
            return "path names token " + exchange.token() + ", header names " + header;
        }
        String query = request.getHttpURI().getQuery();
        if (!("length=" + exchange.answer().length()).equals(query)) {
            return "token " + exchange.token() + " stands for length=" + exchange.answer().length() + ", the query says " + query;
        }
        if (!exchange.method().equals(request.getMethod())) {
            return "token " + exchange.token() + " stands for a " + exchange.method() + ", found " + request.getMethod();
        }
        return exchange.request() == null ? null : bodyComplaint(request, exchange.request());
    }

    private static String bodyComplaint(Request request, Body expected) throws IOException {
        var crc = new CRC32C();
        long length = 0;
        byte[] piece = new byte[PIECE];
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                crc.update(piece, 0, n);
                length += n;
            }
        }
        if (length != expected.length()) {
            return "request body of " + length + " bytes, expected " + expected.length();
        }
        String checksum = Body.checksum(crc);
        boolean intact = checksum.equals(expected.checksum())
                && Objects.equals(request.getHeaders().get(Exchange.CHECKSUM), checksum);
        return intact ? null : "request body with checksum " + checksum + ", expected " + expected.checksum();
    }

    private static void answer(Response response, Exchange exchange) throws IOException {
        Body body = exchange.answer();
        response.getHeaders()
                .put(Exchange.TOKEN, exchange.token())
                .put(Exchange.LENGTH, Integer.toString(body.length()))
                .put(Exchange.CHECKSUM, body.checksum());
        if (!body.chunked()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length());
            Content.Sink.write(response, true, body.bytes());
            return;
        }
        // a first write that is not the last makes the server choose chunked transfer coding
        for (int from = 0; from < body.length(); from += PIECE) {
            Content.Sink.write(response, false, body.bytes(from, PIECE));
        }
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }
}

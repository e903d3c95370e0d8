package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/2 frames its fields by length, HTTP/1 by what is in them: a blank, a colon or an end of line that came by the one would begin
 * another request, or another field, in the other. None of these may reach an origin, whichever it speaks.
 */
class H2BadRequestTest {
    /** In the place of a value: there is no such field. */
    private static final String NONE = "none";
    private static final String EVIL = " HTTP/1.1\r\nHost: evil\r\n\r\nGET /hidden";

    static Stream<Arguments> requests() {
        return Stream.of(Protocol.values()).flatMap(back -> Stream.of(
                List.of(":method", "GE T"), List.of(":method", "GET /hidden HTTP/1.1\r\nX:"), List.of(":method", "GET /hidden"), List.of(":method", "\u00e9"),
                List.of(":path", "/a b"), List.of(":path", "/" + EVIL), List.of(":path", "/a HTTP/1.0"), List.of(":path", "/a\nb"), List.of(":path", "/a\tb"),
                List.of(":path", "/a#b"), List.of(":path", "/\u00e9"), List.of(":path", "/\0"), List.of(":path", "/%zz"), List.of(":path", ""),
                List.of(":path", "*"), List.of(":path", "a"), List.of(":path", "http://evil/"), List.of(":path", "/", ":path", "/hidden"),
                List.of(":authority", ""), List.of(":authority", "a b"), List.of(":authority", "a\r\nX: y"), List.of(":authority", "u@a"),
                List.of(":authority", "a/b"), List.of(":authority", "a:x"), List.of(":scheme", "ht tp"), List.of(":scheme", "http\r\nX: y"),
                List.of("host", "evil"), List.of("host", "a", "host", "a"), List.of("host", "a", "host", "evil"), List.of("host", "a b"),
                List.of(":authority", NONE, "host", "a b"), List.of(":authority", NONE, "host", "a", "host", "b"), List.of(":authority", NONE, "host", ""),
                List.of("x", "a\r\nevil: 1"), List.of("x", "a\nb"), List.of("x", "a\rb"), List.of("x", "a\0b"), List.of("x", " a"),
                List.of("x y", "1"), List.of("x:", "1"), List.of("x\r\nevil: 1\r\ny", "1"), List.of("", "1"), List.of("X-Upper", "1"),
                List.of("cookie", "a=b\r\nx: y"), List.of("transfer-encoding", "chunked"), List.of("connection", "close"), List.of("keep-alive", "1"),
                List.of("proxy-connection", "close"), List.of("upgrade", "websocket"), List.of("content-length", "5"), List.of("content-length", "+0"),
                List.of("content-length", "0", "content-length", "1"), List.of(":status", "200"), List.of(":unknown", "x"), List.of("x", "y", ":path", "/"))
                .map(fields -> Arguments.of(back, fields)));
    }

    /** @param fields in the place of the good ones of that name, or besides them */
    @ParameterizedTest
    @MethodSource("requests")
    void reachesNobody(Protocol back, List<String> fields) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).start();
                H2Peer client = H2Peer.client(proxy)) {
            byte[] request = request(fields);
            client.raw(request, 0, request.length);
            Frame refusal = client.next(Frame.class, frame -> frame instanceof ResetFrame || frame instanceof GoAwayFrame);
            assertEquals(ErrorCode.PROTOCOL_ERROR.code, refusal instanceof ResetFrame reset ? reset.getError() : ((GoAwayFrame) refusal).getError());
            assertEquals(0, origin.connections.get());
        }
    }

    private static byte[] request(List<String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (List<String> good : List.of(List.of(":method", "GET"), List.of(":scheme", "http"), List.of(":path", "/"), List.of(":authority", "a"))) {
            if (!good.get(0).equals(fields.get(0))) {
                field(good.get(0), good.get(1), block);
            }
        }
        for (int i = 0; i < fields.size(); i += 2) {
            if (!fields.get(i + 1).equals(NONE)) {
                field(fields.get(i), fields.get(i + 1), block);
            }
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0, (byte) (block.size() >> 8), (byte) block.size(), 1, 5, 0, 0, 0, 1});
        frame.writeBytes(block.toByteArray());
        return frame.toByteArray();
    }

    /** As a literal without a place in the table (RFC 7541 section 6.2.2), in bytes as they are. */
    private static void field(String name, String value, ByteArrayOutputStream block) {
        block.write(0);
        for (String part : List.of(name, value)) {
            block.write(part.length());
            block.writeBytes(part.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}

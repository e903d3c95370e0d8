package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields after a body, from either protocol to either. */
class TrailersTest {
    private static final HttpFields SUM = HttpFields.build().add("X-Sum", "7").add("Content-Length", "9").asImmutable();

    /** Answers with what came after the body, before and after a body of its own. */
    private static TestOrigin origin(Protocol protocol) throws Exception {
        return new TestOrigin(talk -> {
            if (protocol == Protocol.H1) {
                for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                    talk.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nX-Seen: " + request.trailers() + "\r\n\r\n"
                            + "4\r\nbody\r\n0\r\nX-Sum: 8\r\nHost: b\r\n\r\n");
                }
                return;
            }
            H2Peer peer = H2Peer.origin(talk, Map.of());
            for (HeadersFrame head = peer.next(HeadersFrame.class); head != null; head = peer.next(HeadersFrame.class)) {
                HeadersFrame last = head.isEndStream() ? head : peer.next(HeadersFrame.class);
                String seen = last == head ? "[]" : "[X-Sum: " + last.getMetaData().getHttpFields().get("x-sum") + "]";
                peer.send(H2Peer.answerHead(head.getStreamId(), 200, HttpFields.build().add("X-Seen", seen)));
                peer.send(new DataFrame(head.getStreamId(), StandardCharsets.US_ASCII.encode("body"), false));
                peer.trailers(head.getStreamId(), HttpFields.build().add("X-Sum", "8"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void passFromAnHttp1Client(Protocol back) throws Exception {
        try (TestOrigin origin = origin(back); TestProxy proxy = TestProxy.to(origin).protocol(back).start(); TestClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                HttpMessage answer = client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\nTransfer-Encoding: gzip\r\n\r\n").read();
                assertEquals("[X-Sum: 7]", answer.field("x-seen"));
                assertEquals("body", answer.text());
                assertEquals(List.of(back == Protocol.H1 ? "X-Sum: 8" : "x-sum: 8"), answer.trailers());
            }
            assertEquals(1, origin.connections.get());
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void passFromAnHttp2Client(Protocol back) throws Exception {
        try (TestOrigin origin = origin(back); TestProxy proxy = TestProxy.to(origin).protocol(back).start(); H2Peer client = H2Peer.client(proxy)) {
            for (int i = 0; i < 3; i++) {
                int id = client.request("POST", "/", HttpFields.EMPTY, false);
                client.send(new DataFrame(id, StandardCharsets.US_ASCII.encode("abc"), false));
                H2Peer.Answer answer = client.trailers(id, SUM).answer(id);
                assertEquals("[X-Sum: 7]", answer.fields().get("x-seen").replace("x-sum", "X-Sum"));
                assertEquals("body", answer.text());
                assertEquals("8", answer.trailers().get("x-sum"));
                assertEquals(1, answer.trailers().size());
            }
            assertEquals(1, origin.connections.get());
        }
    }

    /** What has no chunks has no place for them: a body with its length, a client of HTTP/1.0. The message is whole without them. */
    @Test
    void areLeftOutWhereTheyCannotBeSent() throws Exception {
        AtomicReference<HttpMessage> seen = new AtomicReference<>();
        try (TestOrigin origin = new TestOrigin(talk -> {
            seen.set(talk.read());
            talk.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 8\r\n\r\n");
        }); TestProxy proxy = TestProxy.to(origin).start(); H2Peer h2 = H2Peer.client(proxy); TestClient old = proxy.client()) {
            int id = h2.request("POST", "/", HttpFields.build().add("Content-Length", "3"), false);
            h2.send(new DataFrame(id, StandardCharsets.US_ASCII.encode("abc"), false));
            assertEquals("body", h2.trailers(id, HttpFields.build().add("X-Sum", "7")).answer(id).text());
            assertEquals("abc", seen.get().text());
            assertEquals(List.of(), seen.get().trailers());

            HttpMessage answer = old.send("GET / HTTP/1.0\r\n\r\n").read();
            assertEquals("body", answer.text());
            assertNull(answer.field("transfer-encoding"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection", "transfer-encoding", "upgrade"})
    void ofTheConnectionAreAnErrorOfTheStream(String name) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            int id = client.request("POST", "/", HttpFields.EMPTY, false);
            byte[] block = ("\0" + (char) name.length() + name + "\1x").getBytes(StandardCharsets.ISO_8859_1); // Jetty's encoder would leave it out
            ByteBuffer frame = ByteBuffer.allocate(9 + block.length).putInt(block.length << 8 | 1).put((byte) 5).putInt(id).put(block);
            client.raw(frame.array(), 0, frame.capacity());
            assertEquals(id, client.next(ResetFrame.class).getStreamId());
            proxy.await("closedConnections", proxy.count("newConnections"));
        }
    }

    /** The origin may only send what was asked for: TE has to reach it, in its own connection's name. */
    @Test
    void areAskedForInTheNameOfTheHop() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                talk.ok(request.field("te") + " " + request.field("connection"));
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient h1 = proxy.client(); H2Peer h2 = H2Peer.client(proxy)) {
            assertEquals("null null", h1.send("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n").read().text());
            assertEquals("trailers TE", h1.send("GET / HTTP/1.1\r\nHost: a\r\nTE: gzip, trailers\r\nConnection: te\r\n\r\n").read().text());
            int id = h2.request("GET", "/", HttpFields.build().add("TE", "trailers"), true);
            assertEquals("trailers TE", h2.answer(id).text());
        }
    }
}

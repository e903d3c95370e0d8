package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and answers through HTTP/2, on the client's side, on the origin's, and on both. */
class H2RelayTest {
    /** A proxy before a proxy before the origin, so that the inner one stands for an origin with HTTP/2. */
    private static TestProxy inner(TestOrigin origin) throws Exception {
        return TestProxy.to(origin).start();
    }

    private static TestProxy outer(Protocol back, TestOrigin origin, TestProxy inner) throws Exception {
        return (back == Protocol.H1 ? TestProxy.to(origin) : TestProxy.to(inner.proxy.address()).protocol(back)).start();
    }

    private static byte[] body(int seed, int size) {
        byte[] body = new byte[size];
        new Random(seed).nextBytes(body);
        return body;
    }

    /** Answers with the request's own body. */
    private static void mirror(TestOrigin.Talk talk) throws Exception {
        for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
            String head = "HTTP/1.1 200 OK\r\nX-Target: " + request.target();
            byte[] body = request.body();
            talk.write(request.target().startsWith("/chunked") ? RelayTest.chunked(head, body) : RelayTest.sized(head, body));
        }
    }

    static Stream<Arguments> sizes() {
        return Stream.of(Protocol.values()).flatMap(back -> Stream.of("/sized", "/chunked")
                .flatMap(path -> Stream.of(0, 1, 16_384, 65_535, 70_000, 1_000_000).map(size -> Arguments.of(back, path, size))));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void bodiesOfAnySizePassBothWays(Protocol back, String path, int size) throws Exception {
        byte[] body = body(size, size);
        try (TestOrigin origin = new TestOrigin(H2RelayTest::mirror); TestProxy inner = inner(origin);
                TestProxy proxy = outer(back, origin, inner); TestClient h1 = proxy.client(); H2Peer h2 = H2Peer.client(proxy)) {
            h1.send(path.equals("/sized") ? RelayTest.sized("PUT /sized HTTP/1.1\r\nHost: test", body)
                    : RelayTest.chunked("PUT /chunked HTTP/1.1\r\nHost: test", body));
            HttpMessage answer = h1.read();
            assertEquals(path, answer.field("x-target"));
            assertArrayEquals(body, answer.body());

            int id = h2.request("PUT", path, HttpFields.EMPTY, false);
            upload(h2, id, body);
            H2Peer.Answer second = h2.answer(id);
            assertEquals(path, second.fields().get("x-target"));
            assertArrayEquals(body, second.body());
            assertEquals(0, proxy.count("errors"));
        }
    }

    /** Sends a body within the windows that the proxy grants, answers meanwhile set aside. */
    private static void upload(H2Peer h2, int id, byte[] body) throws Exception {
        long connection = 65_535;
        long stream = 65_535;
        int from = 0;
        do {
            int length = (int) Math.min(Math.min(connection, stream), Math.min(16_384, body.length - from));
            if (length == 0 && body.length > 0) {
                WindowUpdateFrame update = h2.next(WindowUpdateFrame.class);
                if (update.getStreamId() == 0) {
                    connection += update.getWindowDelta();
                } else {
                    stream += update.getWindowDelta();
                }
                continue;
            }
            h2.send(new DataFrame(id, java.nio.ByteBuffer.wrap(body, from, length), from + length == body.length));
            from += length;
            connection -= length;
            stream -= length;
        } while (from < body.length);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void manyStreamsOfOneConnectionGetTheirOwnAnswers(Protocol back) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = inner(origin);
                TestProxy proxy = outer(back, origin, inner); H2Peer client = H2Peer.client(proxy)) {
            for (int round = 0; round < 20; round++) {
                Map<Integer, String> expected = new HashMap<>();
                for (int i = 0; i < 90; i++) {
                    String path = "/" + round + "/" + i;
                    expected.put(client.get(path), path);
                }
                while (!expected.isEmpty()) {
                    DataFrame data = client.next(DataFrame.class, frame -> frame.getByteBuffer().hasRemaining());
                    byte[] text = new byte[data.getByteBuffer().remaining()];
                    data.getByteBuffer().get(text);
                    assertEquals(expected.remove(data.getStreamId()), new String(text));
                }
            }
            assertEquals(0, proxy.count("errors"));
            if (back == Protocol.H2) {
                assertEquals(1, proxy.count("newConnections")); // all of them on one
                assertTrue(proxy.count("getLocks") < 1800, "an available connection is found without a lock");
            }
        }
    }

    /** RFC 9113 sections 8.2.3 and 8.3.1. */
    @Test
    void headsAreTranslated() throws Exception {
        HttpMessage[] seen = new HttpMessage[1];
        try (TestOrigin origin = new TestOrigin(talk -> {
            seen[0] = talk.read();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-End: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nok");
            talk.read();
        }); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            HttpFields fields = HttpFields.build().add("Cookie", "a=1").add("Cookie", "b=2").add("TE", "trailers").add("X-Own", "yes");
            H2Peer.Answer answer = client.answer(client.request("GET", "//double/slash?q=1", fields, true));
            assertEquals("GET //double/slash?q=1 HTTP/1.1", seen[0].startLine());
            assertEquals("test", seen[0].field("host"));
            assertEquals("a=1; b=2", seen[0].field("cookie"));
            assertEquals("yes", seen[0].field("x-own"));
            assertEquals("2.0 sample-proxy", seen[0].field("via"));
            assertEquals("trailers", seen[0].field("te"));
            assertNull(seen[0].field("transfer-encoding"));
            assertEquals("2", answer.fields().get("x-end"));
            assertEquals(2, answer.fields().getValuesList(HttpHeader.SET_COOKIE).size());
            assertNull(answer.fields().get("x-hop"));
            assertNull(answer.fields().get("connection"));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void answersWithoutABodyEndWithTheirHead(Protocol back) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                talk.write(request.target().equals("/304") ? "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"
                        : request.target().equals("/204") ? "HTTP/1.1 204 No Content\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
            }
        }); TestProxy inner = inner(origin); TestProxy proxy = outer(back, origin, inner); H2Peer client = H2Peer.client(proxy)) {
            for (String path : new String[] {"/304", "/204", "/200"}) {
                int id = client.request("HEAD", path, HttpFields.EMPTY, true);
                HeadersFrame head = client.next(HeadersFrame.class);
                assertEquals(id, head.getStreamId());
                assertTrue(head.isEndStream(), path);
            }
            TestClient h1 = proxy.client();
            h1.send("HEAD /200 HTTP/1.1\r\nHost: test\r\n\r\n");
            assertEquals("9", h1.readHeadOnly().field("content-length"));
            h1.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void interimAnswersPass(Protocol back) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            talk.read();
        }); TestProxy inner = inner(origin); TestProxy proxy = outer(back, origin, inner); H2Peer client = H2Peer.client(proxy)) {
            int id = client.get("/");
            HeadersFrame early = client.next(HeadersFrame.class);
            assertEquals("</a>", early.getMetaData().getHttpFields().get("link"));
            assertEquals(103, ((org.eclipse.jetty.http.MetaData.Response) early.getMetaData()).getStatus());
            assertEquals("ok", client.answer(id).text());
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void largeHeadsPassInContinuations(Protocol back) throws Exception {
        String value = "v".repeat(14_000);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                talk.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Back: " + request.field("x-large") + "\r\n\r\nok");
            }
        }); TestProxy inner = inner(origin); TestProxy proxy = outer(back, origin, inner); H2Peer client = H2Peer.client(proxy)) {
            H2Peer.Answer answer = client.answer(client.request("GET", "/", HttpFields.build().add("X-Large", value), true));
            assertEquals(200, answer.status(), answer::text);
            assertEquals(value, answer.fields().get("x-back"));
        }
    }

    /** A client that takes nothing stops its own stream only. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aSlowStreamDoesNotHoldUpTheOthers(Protocol back) throws Exception {
        byte[] large = body(1, 3_000_000);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                talk.write(RelayTest.sized("HTTP/1.1 200 OK", request.target().equals("/large") ? large : new byte[] {'o', 'k'}));
            }
        }); TestProxy inner = inner(origin); TestProxy proxy = outer(back, origin, inner); H2Peer client = H2Peer.client(proxy)) {
            client.credits = false;
            int slow = client.get("/large");
            client.send(new WindowUpdateFrame(0, 10_000_000)); // the connection's window is no limit, the stream's is
            int got = 0;
            while (got < 65_535) {
                got += client.next(DataFrame.class).getByteBuffer().remaining();
            }
            for (int i = 0; i < 5; i++) {
                assertEquals("ok", client.answer(client.get("/small")).text());
            }
            client.send(new WindowUpdateFrame(slow, 10_000_000));
            byte[] rest = client.answerBody(slow);
            assertEquals(large.length - got, rest.length);
            assertEquals(-1, Arrays.mismatch(Arrays.copyOfRange(large, got, large.length), rest));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aCancelledRequestEndsAtTheOrigin(Protocol back) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                if (request.target().equals("/never")) {
                    continue;
                }
                talk.ok("ok");
            }
        }); TestProxy inner = inner(origin); TestProxy proxy = outer(back, origin, inner); H2Peer client = H2Peer.client(proxy)) {
            int id = client.get("/never");
            TestProxy.await("the origin has the request", () -> origin.connections.get() == 1);
            client.send(new ResetFrame(id, ErrorCode.CANCEL_STREAM_ERROR.code));
            TestProxy.await("the origin has lost it", () -> origin.open.get() == 0);
            assertEquals("ok", client.answer(client.get("/")).text());
        }
    }

    @Test
    void anAnswerBeforeTheRequestEndedStopsTheUpload() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.socket().getInputStream().read(new byte[200]);
            talk.ok("enough");
            talk.in().transferTo(java.io.OutputStream.nullOutputStream());
        }); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            int id = client.request("PUT", "/", HttpFields.EMPTY, false);
            client.send(new DataFrame(id, java.nio.ByteBuffer.allocate(10), false));
            assertEquals("enough", client.answer(id).text());
            assertEquals(ErrorCode.NO_ERROR.code, client.next(ResetFrame.class).getError());
        }
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a well-behaved client and a well-behaved origin see of each other. */
class RelayTest {
    @Test
    void manyRequestsGoOverOneConnectionOfEachSide() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                assertEquals("/" + i, client.get("/" + i).text());
            }
            assertEquals(1, origin.connections.get());
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 1000; i++) { // more than one input buffer
                requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: test\r\n\r\n");
            }
            client.send(requests.toString());
            for (int i = 0; i < 1000; i++) {
                assertEquals("/" + i, client.read().text());
            }
        }
    }

    @Test
    void bodiesOfBothFramingsGoBothWays() throws Exception {
        AtomicReference<HttpMessage> seen = new AtomicReference<>();
        byte[] body = new byte[300_000];
        new Random(7).nextBytes(body);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                seen.set(request);
                talk.write(request.chunked() ? chunked("HTTP/1.1 200 OK", request.body()) : sized("HTTP/1.1 200 OK", request.body()));
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage answer = client.send(sized("PUT /sized HTTP/1.1\r\nHost: test", body)).read();
            assertArrayEquals(body, seen.get().body());
            assertEquals("300000", seen.get().field("content-length"));
            assertArrayEquals(body, answer.body());
            assertEquals("300000", answer.field("content-length"));

            answer = client.send(chunked("PUT /chunked HTTP/1.1\r\nHost: test", body)).read();
            assertArrayEquals(body, seen.get().body());
            assertTrue(seen.get().chunked());
            assertArrayEquals(body, answer.body());
            assertTrue(answer.chunked());
            assertEquals(1, origin.connections.get());
        }
    }

    @Test
    void answersWithoutBodyEndWithTheirHeads() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                switch (request.target()) {
                    case "/head" -> talk.write("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
                    case "/204" -> talk.write("HTTP/1.1 204 No Content\r\n\r\n");
                    case "/304" -> talk.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\nETag: \"x\"\r\n\r\n");
                    default -> talk.ok("end");
                }
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage head = client.send("HEAD /head HTTP/1.1\r\nHost: test\r\n\r\n").readHeadOnly();
            assertEquals("12345", head.field("content-length"));
            assertEquals(204, client.get("/204").status());
            HttpMessage notModified = client.get("/304");
            assertEquals(304, notModified.status());
            assertEquals("77", notModified.field("content-length"));
            assertEquals("end", client.get("/last").text());
            assertEquals(1, origin.connections.get());
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsChunkedForTheClient() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 200 OK\r\n\r\nuntil the end " + talk.number());
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage first = client.get("/");
            assertTrue(first.chunked());
            assertEquals("until the end 1", first.text());
            assertEquals("until the end 2", client.get("/").text());
        }
    }

    @Test
    void aClientOfHttp10GetsNoChunksAndItsConnectionCloses() throws Exception {
        AtomicReference<HttpMessage> seen = new AtomicReference<>();
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                seen.set(request);
                talk.write(chunked("HTTP/1.1 200 OK", "in chunks".getBytes()));
            }
        }); TestProxy proxy = TestProxy.to(origin).start()) {
            try (TestClient client = proxy.client()) {
                HttpMessage answer = client.send("GET /old HTTP/1.0\r\n\r\n").read();
                assertEquals("in chunks", answer.text());
                assertNull(answer.field("transfer-encoding"));
                assertEquals("GET /old HTTP/1.1", seen.get().startLine());
                assertEquals(HostPort.print(origin.address()), HostPort.print(HostPort.parse(seen.get().field("host"))));
            }
        }
    }

    @Test
    void aClientOfHttp10MayKeepItsConnection() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                HttpMessage answer = client.send("GET /" + i + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").read();
                assertEquals("keep-alive", answer.field("connection"));
                assertEquals("/" + i, answer.text());
            }
        }
    }

    @Test
    void connectionCloseIsHonouredOnBothSides() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n" + talk.number());
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage first = client.get("/");
            assertEquals("1", first.text());
            assertNull(first.field("connection")); // that was for the proxy alone
            HttpMessage last = client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").read();
            assertEquals("2", last.text());
            assertEquals("close", last.field("connection"));
            assertTrue(client.isEnded());
            assertEquals(0, proxy.count("insertsOffered"));
        }
    }

    @Test
    void fieldsOfTheHopStayOnTheHop() throws Exception {
        AtomicReference<HttpMessage> seen = new AtomicReference<>();
        try (TestOrigin origin = new TestOrigin(talk -> {
            seen.set(talk.read());
            talk.write("HTTP/1.1 200 OK\r\nConnection: X-Mine\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\nX-Kept: 2\r\nContent-Length: 0\r\n\r\n");
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage answer = client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: upgrade, X-Secret, host\r\nUpgrade: h2c\r\n"
                    + "X-Secret: 1\r\nTE: trailers\r\nX-Public: 2\r\n\r\n").read();
            for (String hop : new String[] {"connection", "upgrade", "x-secret", "te"}) {
                assertNull(seen.get().field(hop), hop);
            }
            assertEquals("test", seen.get().field("host"));
            assertEquals("2", seen.get().field("x-public"));
            assertEquals("1.1 sample-proxy", seen.get().field("via"));
            assertNull(answer.field("x-mine"));
            assertNull(answer.field("keep-alive"));
            assertEquals("2", answer.field("x-kept"));
        }
    }

    @Test
    void expectContinueIsTheOriginsToAnswer() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            HttpMessage head = HttpMessage.read(talk.in(), false);
            assertEquals("100-continue", head.field("expect"));
            talk.write("HTTP/1.1 100 Continue\r\n\r\n");
            talk.ok(new String(talk.in().readNBytes(5)));
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertEquals(100, client.read().status());
            assertEquals("hello", client.send("hello").read().text());
            assertEquals(0, origin.failures.size());
        }
    }

    @Test
    void earlyHintsArePassedOnBeforeTheAnswer() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage hints = client.get("/");
            assertEquals(103, hints.status());
            assertEquals("</a>", hints.field("link"));
            assertEquals("ok", client.read().text());
            assertEquals("/2", client.get("/2").text());
        }
    }

    static byte[] sized(String head, byte[] body) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write((head + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes());
        message.write(body);
        return message.toByteArray();
    }

    /** In chunks of uneven sizes, from one byte to more than a buffer. */
    static byte[] chunked(String head, byte[] body) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write((head + "\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes());
        for (int from = 0, size = 1; from < body.length; from += size, size = size * 3 % 50_021) {
            size = Math.min(size, body.length - from);
            message.write((Integer.toHexString(size) + "\r\n").getBytes());
            message.write(body, from, size);
            message.write("\r\n".getBytes());
        }
        message.write("0\r\n\r\n".getBytes());
        return message.toByteArray();
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A protocol that begins as an HTTP/1 request with Upgrade, as WebSocket does: passed on between HTTP/1 and HTTP/1, and nowhere else. */
class TunnelTest {
    private static final String UPGRADE = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void bytesGoBothWaysUntilTheClientEnds(Reuse reuse) throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(3).nextBytes(bytes);
        try (TestOrigin origin = new TestOrigin(talk -> {
            HttpMessage request = talk.read();
            assertEquals("websocket", request.field("upgrade"));
            assertEquals("upgrade", request.field("connection"));
            talk.write(SWITCH + "hello");
            talk.in().transferTo(talk.out()); // until the client's end, which has to arrive here
            talk.write("bye");
        }); TestProxy proxy = TestProxy.to(origin).reuse(reuse).maxconn(1).start()) {
            try (TestClient client = proxy.client()) {
                client.send(UPGRADE + "first"); // what follows the request at once belongs to the new protocol
                HttpMessage answer = client.readHeadOnly();
                assertEquals(101, answer.status());
                assertEquals("websocket", answer.field("upgrade"));
                assertEquals("upgrade", answer.field("connection"));
                assertEquals("hellofirst", new String(client.in().readNBytes(10)));
                Thread sender = new Thread(() -> {
                    try {
                        client.send(bytes);
                        client.socket.shutdownOutput();
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                sender.start();
                assertArrayEquals(bytes, client.in().readNBytes(bytes.length));
                assertEquals("bye", new String(client.in().readAllBytes()));
                sender.join();
            }
            proxy.await("closedConnections", 1);
            assertEquals(0, proxy.count("insertsOffered"));
            assertEquals(0, proxy.proxy.slotsTaken());
            assertEquals(0, origin.failures.size(), origin.failures::toString);
        }
    }

    @Test
    void theOriginsEndIsTheEnd() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write(SWITCH + "bye");
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            assertEquals(101, client.send(UPGRADE).readHeadOnly().status());
            assertEquals("bye", new String(client.in().readAllBytes()));
            client.socket.shutdownOutput(); // until then its half is open
            proxy.await("closedConnections", 1);
        }
    }

    @Test
    void anOriginThatStaysWithHttpIsAnOrdinaryOne() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send(UPGRADE + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            assertEquals("/chat", client.read().text());
            assertEquals("/next", client.read().text());
            assertEquals(1, origin.connections.get());
        }
    }

    @Test
    void oneSideMayBeSilentAsLongAsTheOtherIsNot() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write(SWITCH);
            for (int i = 0; i < 20; i++) {
                talk.write("x");
                Thread.sleep(40); // the passing of the time that is tested, not a synchronisation
            }
            talk.write(talk.in().readNBytes(20));
            silence.await();
        }); TestProxy proxy = TestProxy.to(origin).clientMillis(500).serverMillis(300).start(); TestClient client = proxy.client()) {
            assertEquals(101, client.send(UPGRADE).readHeadOnly().status());
            assertEquals("x".repeat(20), new String(client.in().readNBytes(20)));
            for (int i = 0; i < 20; i++) {
                client.send("y");
                Thread.sleep(40);
            }
            assertEquals("y".repeat(20), new String(client.in().readNBytes(20)));
            assertTrue(client.isEnded()); // neither has said anything for long
            proxy.await("closedConnections", 1);
            silence.countDown();
        }
    }

    @Test
    void toHttp2NoWebSocketIsOpened() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(inner.proxy.address()).protocol(Protocol.H2).start(); TestClient client = proxy.client()) {
            HttpMessage refusal = client.send(UPGRADE).read();
            assertEquals(501, refusal.status());
            assertTrue(refusal.text().contains("WebSocket"), refusal::text);
            assertEquals("/next", client.get("/next").text());
            client.send(UPGRADE.replace("websocket", "other/1"));
            assertEquals("/chat", client.read().text()); // an offer may be ignored
        }
    }

    @Test
    void http2IsNotSmuggledThrough() throws Exception {
        AtomicReference<HttpMessage> seen = new AtomicReference<>();
        try (TestOrigin origin = new TestOrigin(talk -> {
            seen.set(talk.read());
            talk.write(SWITCH);
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
            assertEquals(502, client.read().status()); // the origin switches without having been asked to
            for (String field : new String[] {"upgrade", "connection", "http2-settings"}) {
                assertNull(seen.get().field(field), field);
            }
        }
    }

    @Test
    void aRequestWithABodyIsNotUpgraded() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> talk.ok(String.valueOf(talk.read().field("upgrade")))); TestProxy proxy = TestProxy.to(origin).start();
                TestClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 3\r\n\r\nabc");
            assertEquals("null", client.read().text());
        }
    }
}

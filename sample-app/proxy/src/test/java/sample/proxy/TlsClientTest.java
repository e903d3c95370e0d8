package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not do as TLS asks; the others notice nothing. */
class TlsClientTest {
    /** A TLS record that begins as a ClientHello does and goes on otherwise. */
    private static final byte[] BROKEN_HELLO = {22, 3, 1, 0, 8, 1, 0, 0, 4, 9, 9, 9, 9};

    @Test
    void whoAgreesOnNothingSpeaksHttp1() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                TestClient client = proxy.tlsClient(); TestClient other = proxy.tlsClient("http/1.1")) {
            assertEquals("/a", client.get("/a").text());
            assertEquals("/b", other.get("/b").text());
            assertEquals("http/1.1", ((SSLSocket) other.socket).getApplicationProtocol());
        }
    }

    @Test
    void whoOffersNothingKnownIsRefused() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                TestClient client = proxy.tlsClient("h3", "spdy/1")) {
            SSLException refused = assertThrows(SSLException.class, () -> client.get("/a"));
            assertTrue(refused.getMessage().contains("no_application_protocol"), refused::toString);
            proxy.await("failedHandshakes", 1);
        }
    }

    @Test
    void whatIsNoTlsIsClosed() throws Exception {
        byte[] noise = new byte[20_000];
        new Random(3).nextBytes(noise);
        byte[] tooLong = {22, 3, 3, (byte) 0xFF, (byte) 0xFF, 1, 2, 3};
        byte[][] openings = {"GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(), noise, BROKEN_HELLO, tooLong, new byte[100]};
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                TestClient good = proxy.tlsClient()) {
            good.get("/before");
            for (byte[] opening : openings) {
                try (TestClient client = proxy.client()) {
                    client.send(opening);
                    client.socket.getInputStream().readAllBytes(); // an alert, and the end
                } catch (IOException e) {
                    assertTrue(e.getMessage().contains("reset") || e.getMessage().contains("pipe"), e::toString);
                }
            }
            proxy.await("failedHandshakes", openings.length);
            assertEquals("/after", good.get("/after").text());
            assertEquals(1, proxy.count("handshakes"));
        }
    }

    @Test
    void whoLeavesInTheMiddleOfTheHandshakeIsForgotten() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start()) {
            for (int length : new int[] {0, 1, 5, 9}) {
                try (TestClient client = proxy.client()) {
                    client.send(Arrays.copyOf(BROKEN_HELLO, length));
                }
            }
            proxy.await("failedHandshakes", 4);
            TestProxy.await("no client is left", () -> fronts(proxy) == 0);
        }
    }

    @Test
    void whoDoesNotFinishTheHandshakeIsClosed() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).clientMillis(200).start();
                TestClient silent = proxy.client(); TestClient slow = proxy.client()) {
            slow.send(Arrays.copyOf(BROKEN_HELLO, 7));
            silent.socket.getInputStream().readAllBytes();
            slow.socket.getInputStream().readAllBytes();
            TestProxy.await("no client is left", () -> fronts(proxy) == 0);
        }
    }

    /** Part of a record, and then the end that TLS knows nothing of. */
    @Test
    void aRequestThatIsCutShortIsNotPassedOn() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                Dribble cut = new Dribble(proxy.proxy.address())) {
            try (TestClient client = TestClient.tls(cut.address())) {
                assertEquals("/a", client.get("/a").text());
                client.send("PUT /b HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n12345");
                proxy.await("requests", 2);
                cut.cut();
            }
            TestProxy.await("no client is left", () -> fronts(proxy) == 0);
            assertEquals(1, proxy.count("responses"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void onlyTls13MayChangeItsKeys(String version) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                TestClient client = proxy.tlsClient()) {
            SSLSocket socket = (SSLSocket) client.socket;
            socket.setEnabledProtocols(new String[] {version});
            assertEquals("/a", client.get("/a").text());
            if (version.equals("TLSv1.3")) {
                for (int i = 0; i < 5; i++) {
                    socket.startHandshake();
                    assertEquals("/" + i, client.get("/" + i).text());
                }
            } else {
                assertThrows(IOException.class, () -> {
                    socket.startHandshake();
                    client.get("/b");
                });
                TestProxy.await("no client is left", () -> fronts(proxy) == 0);
            }
        }
    }

    /** Each new key costs this side two derivations and an answer, the client next to nothing. */
    @Test
    void whoChangesItsKeysAllTheTimeIsClosed() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                TestClient client = proxy.tlsClient(); TestClient other = proxy.tlsClient()) {
            assertEquals("/a", client.get("/a").text());
            SSLSocket socket = (SSLSocket) client.socket;
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    socket.startHandshake();
                }
            });
            assertEquals("/b", other.get("/b").text());
            TestProxy.await("only the other is left", () -> fronts(proxy) == 1);
        }
    }

    /** A ClientHello, an octet a record, of which each is in order. */
    @Test
    void whoMakesTooMuchOfTheHandshakeIsRefused() throws Exception {
        byte[] start = {22, 3, 1, 0, 4, 1, 0, 0x40, 0};
        byte[] octet = {22, 3, 1, 0, 1, 3};
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                TestClient client = proxy.client()) {
            ByteBuffer all = ByteBuffer.allocate(start.length + 10_000 * octet.length).put(start);
            while (all.hasRemaining()) {
                all.put(octet);
            }
            try {
                client.send(all.array());
            } catch (IOException e) {
                // closed in the middle of it
            }
            proxy.await("failedHandshakes", 1);
        }
    }

    @Test
    void sessionsAreResumed() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start()) {
            long first = 0;
            for (int i = 0; i < 3; i++) {
                try (TestClient client = proxy.tlsClient()) {
                    client.get("/" + i);
                    long created = ((SSLSocket) client.socket).getSession().getCreationTime();
                    first = i == 0 ? created : first;
                    assertEquals(first, created);
                }
            }
        }
    }

    @Test
    void theEndIsDeclared() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).tls(TestTls.clients()).start();
                Dribble watch = new Dribble(proxy.proxy.address()); TestClient client = TestClient.tls(watch.address())) {
            HttpMessage answer = client.send("GET /a HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").read();
            assertArrayEquals("/a".getBytes(), answer.body());
            assertTrue(client.isEnded());
            byte[] all = watch.cameBack();
            int last = 0;
            for (int at = 0; at < all.length; at += 5 + last) {
                last = (all[at + 3] & 0xFF) << 8 | all[at + 4] & 0xFF;
            }
            assertTrue(last < 64, "the last record has " + last + " bytes, so it is no alert but the answer");
        }
    }

    private static int fronts(TestProxy proxy) {
        return proxy.proxy.loops()[0].fronts.size();
    }
}

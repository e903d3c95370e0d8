package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One end of a tunnel has said all; the other goes on, and nothing of it is lost, whichever of the sides speaks TLS. */
class TunnelHalvesTest {
    private static final String UPGRADE = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other/1\r\n\r\n";
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other/1\r\n\r\n";
    private static final byte[] FIRST = bytes(300_001);
    private static final byte[] SECOND = bytes(3_000_001);

    static Stream<Arguments> arms() {
        return Stream.of(true, false).flatMap(clients -> Stream.of(true, false).map(server -> Arguments.of(clients, server)));
    }

    @ParameterizedTest(name = "clients with TLS: {0}, origin with TLS: {1}")
    @MethodSource("arms")
    void theClientEndsFirst(boolean clients, boolean server) throws Exception {
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        run(clients, server, talk -> {
            talk.read();
            talk.write(SWITCH);
            arrived.complete(talk.in().readAllBytes());
            talk.write(SECOND);
        }, (proxy, client) -> {
            client.send(FIRST);
            client.socket.shutdownOutput();
            assertArrayEquals(FIRST, arrived.get());
            assertArrayEquals(SECOND, client.in().readAllBytes());
            awaitEnd(proxy);
        });
    }

    @ParameterizedTest(name = "clients with TLS: {0}, origin with TLS: {1}")
    @MethodSource("arms")
    void theOriginEndsFirst(boolean clients, boolean server) throws Exception {
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        run(clients, server, talk -> {
            talk.read();
            talk.write(SWITCH);
            talk.write(FIRST);
            (server ? talk.tls() : talk.socket()).shutdownOutput();
            arrived.complete(talk.in().readAllBytes());
        }, (proxy, client) -> {
            assertArrayEquals(FIRST, client.in().readAllBytes());
            client.send(SECOND);
            client.socket.shutdownOutput();
            assertArrayEquals(SECOND, arrived.get());
            awaitEnd(proxy);
        });
    }

    /** It takes no more either: that is the end, and not a half that nobody ever ends. */
    @ParameterizedTest(name = "clients with TLS: {0}, origin with TLS: {1}")
    @MethodSource("arms")
    void anOriginThatIsGoneEndsBothHalves(boolean clients, boolean server) throws Exception {
        run(clients, server, talk -> {
            talk.read();
            talk.write(SWITCH);
        }, (proxy, client) -> {
            assertEquals(-1, client.in().read());
            TestProxy.await("the connection to the origin is closed", () -> {
                try {
                    client.send("x");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return proxy.count("closedConnections") == 1;
            });
        });
    }

    private interface Ends {
        void run(TestProxy proxy, TestClient client) throws Exception;
    }

    private static void run(boolean clients, boolean server, TestOrigin.Script script, Ends ends) throws Exception {
        SSLContext own = server ? TestTls.OWN : null;
        TlsSettings tls = new TlsSettings(clients ? TestTls.OWN : null, server ? TestTls.TRUSTING : null);
        try (TestOrigin origin = new TestOrigin(own, script); TestProxy proxy = TestProxy.to(origin).tls(tls).start()) {
            try (TestClient client = clients ? proxy.tlsClient("http/1.1") : proxy.client()) {
                assertEquals(101, client.send(UPGRADE).readHeadOnly().status());
                ends.run(proxy, client);
            }
            assertEquals(0, proxy.count("errors"));
            assertTrue(origin.failures.isEmpty(), () -> origin.failures.toString());
        }
    }

    /** The client has not closed its socket. */
    private static void awaitEnd(TestProxy proxy) {
        TestProxy.await("both connections are closed", () -> proxy.count("closedConnections") == 1 && proxy.onLoop(() -> proxy.proxy.loops()[0].fronts.isEmpty()));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}

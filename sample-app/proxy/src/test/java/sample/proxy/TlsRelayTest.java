package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS on either side or both, whatever is spoken inside, seen by the JDK's client; the origin behind TLS is another sample proxy. */
class TlsRelayTest {
    private static final int[] SIZES = {0, 1, 100, 16_383, 16_384, 16_385, 70_000, 1 << 20};

    @ParameterizedTest
    @MethodSource("arms")
    void bodiesGoBothWays(HttpClient.Version front, Protocol back, boolean clients, boolean server) throws Exception {
        try (TestOrigin origin = new TestOrigin(TlsRelayTest::echo);
                TestProxy inner = TestProxy.to(origin).tls(server ? TestTls.clients() : TlsSettings.NONE).start();
                TestProxy proxy = TestProxy.to(inner.proxy.address()).protocol(back).loops(2)
                        .tls(new TlsSettings(clients ? TestTls.OWN : null, server ? TestTls.TRUSTING : null)).start()) {
            HttpClient client = HttpClient.newBuilder().version(front).sslContext(TestTls.TRUSTING).build();
            String base = (clients ? "https" : "http") + "://" + HostPort.print(proxy.proxy.address()) + "/";
            for (int size : SIZES) {
                check(client.send(put(base, size), BodyHandlers.ofByteArray()), front, size);
            }
            List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(client.sendAsync(put(base, SIZES[i % SIZES.length]), BodyHandlers.ofByteArray()));
            }
            for (int i = 0; i < 24; i++) {
                check(all.get(i).join(), front, SIZES[i % SIZES.length]);
            }
            assertEquals(0, proxy.count("errors"));
            assertEquals(0, proxy.count("failedHandshakes"));
            assertEquals(proxy.count("tlsWakes"), proxy.count("tlsWakeLocks"));
            assertEquals(server, proxy.count("tlsWakes") > proxy.count("tlsFrontWakes"));
            assertEquals(clients, proxy.count("tlsFrontWakes") > 0);
        }
    }

    static Stream<Arguments> arms() {
        return Stream.of(HttpClient.Version.values()).filter(version -> version.name().matches("HTTP_(1_1|2)"))
                .flatMap(front -> Stream.of(Protocol.values()).flatMap(back -> Stream.of(Arguments.of(front, back, true, true),
                        // The JDK's client speaks HTTP/2 with TLS only, unless it may upgrade, which the proxy does not.
                        Arguments.of(front, back, true, false), Arguments.of(HttpClient.Version.HTTP_1_1, back, false, true))))
                .distinct();
    }

    private static HttpRequest put(String base, int size) {
        return HttpRequest.newBuilder(URI.create(base + size)).PUT(BodyPublishers.ofByteArray(body(size))).build();
    }

    private static void check(HttpResponse<byte[]> answer, HttpClient.Version front, int size) {
        assertEquals(200, answer.statusCode(), () -> new String(answer.body()));
        assertEquals(front, answer.version());
        assertArrayEquals(body(~size), answer.body());
    }

    private static void echo(TestOrigin.Talk talk) throws Exception {
        for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
            int size = Integer.parseInt(request.target().substring(1));
            assertArrayEquals(body(size), request.body());
            talk.write(RelayTest.sized("HTTP/1.1 200 OK", body(~size)));
        }
    }

    private static byte[] body(int seed) {
        byte[] body = new byte[seed < 0 ? ~seed : seed];
        new Random(seed).nextBytes(body);
        return body;
    }

    /** More than sockets and all buffers hold, to a client that does not read for a while, in records larger than any buffer. */
    @Test
    void aSlowClientLosesNothing() throws Exception {
        byte[] body = body(24 << 20);
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            while (talk.read() != null) {
                talk.write(RelayTest.sized("HTTP/1.1 200 OK", body));
            }
        }); TestProxy proxy = TestProxy.to(origin).tls(TestTls.both()).start(); TestClient client = proxy.tlsClient()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            TestProxy.await("the proxy waits for the client", () -> {
                long wakes = proxy.count("wakes");
                for (int i = 0; i < 20; i++) {
                    proxy.count("wakes"); // each is a turn of the loop
                }
                return wakes > 2 && proxy.count("wakes") == wakes;
            });
            assertArrayEquals(body, client.read().body());
            assertEquals(200, client.get("/again").status());
            assertEquals(1, origin.connections.get());
        }
    }

    /** Small pieces, so that no record arrives whole and each is one of many. */
    @ParameterizedTest
    @MethodSource("sample.proxy.TlsRelayTest#sides")
    void recordsMayArriveInPieces(boolean client) throws Exception {
        byte[] body = body(3000);
        try (TestOrigin origin = new TestOrigin(TestTls.OWN, talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                talk.write(RelayTest.sized("HTTP/1.1 200 OK", request.body()));
            }
        }); Dribble below = new Dribble(origin.address()); TestProxy proxy = TestProxy.to(client ? origin.address() : below.address()).tls(TestTls.both()).start();
                Dribble above = new Dribble(proxy.proxy.address());
                TestClient one = TestClient.tls(client ? above.address() : proxy.proxy.address(), "http/1.1")) {
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(body, one.send(RelayTest.sized("PUT / HTTP/1.1\r\nHost: test", body)).read().body());
            }
            assertEquals(1, origin.connections.get());
        }
    }

    static Stream<Boolean> sides() {
        return Stream.of(true, false);
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * More clients than connections, on several loops, so that connections change hands all the time; an origin that now and then closes
 * one. Every byte of every body is checked against the token of its request.
 */
class StealStormTest {
    private static final int CLIENTS = 12;
    private static final int REQUESTS = 40;

    @ParameterizedTest
    @MethodSource("arms")
    void everyClientGetsItsOwnAnswers(LockKind lock, boolean wakeInsideLock, Protocol back, boolean tls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        TestProxy.Builder builder;
        try (TestOrigin origin = new TestOrigin(StealStormTest::answerWithTokens); TestProxy inner = TestProxy.to(origin).tls(tls ? TestTls.clients() : TlsSettings.NONE).start()) {
            builder = TestProxy.to(back == Protocol.H1 && !tls ? origin.address() : inner.proxy.address()).protocol(back).lock(lock).loops(4)
                    .maxconn(3).tls(tls ? TestTls.both() : TlsSettings.NONE);
            try (TestProxy proxy = (wakeInsideLock ? builder.wakeInsideLock() : builder).start()) {
                List<Callable<Void>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    long seed = i;
                    clients.add(() -> talk(tls ? proxy.tlsClient() : proxy.client(), new Random(seed)));
                }
                for (Future<Void> client : pool.invokeAll(clients)) {
                    client.get();
                }
                TestProxy.await("all slots are free", () -> proxy.proxy.slotsTaken() == 0);
                CounterReport counters = proxy.proxy.counters();
                LockCountsTest.assertBalanced(counters, CLIENTS * REQUESTS);
                assertEquals(0, counters.get("errors"));
                assertTrue(counters.get("takeovers") > 20, "takeovers: " + counters.get("takeovers"));
                assertTrue(counters.get("staleWakes") >= counters.get("takeovers") - counters.get("idleConnections"), counters.toJson());
                if (tls) {
                    assertTrue(counters.get("tlsStaleWakes") >= counters.get("takeovers") - counters.get("idleConnections"), counters.toJson());
                    assertEquals(counters.get("tlsWakeLocks"), counters.get("tlsWakes"));
                }
                assertTrue(origin.failures.isEmpty(), () -> origin.failures.toString());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static Stream<Arguments> arms() {
        return Stream.of(LockKind.values()).flatMap(lock -> Stream.of(
                Arguments.of(lock, false, Protocol.H1, false), Arguments.of(lock, true, Protocol.H1, false), Arguments.of(lock, false, Protocol.H2, false),
                Arguments.of(lock, lock == LockKind.SPIN, Protocol.H1, true), Arguments.of(lock, false, Protocol.H2, true)));
    }

    private static Void talk(TestClient connected, Random random) throws Exception {
        try (TestClient client = connected) {
            for (int i = 0; i < REQUESTS; i++) {
                long token = random.nextLong();
                int size = random.nextInt(10) == 0 ? random.nextInt(1 << 20) : random.nextInt(2000);
                boolean chunked = random.nextBoolean();
                String head = "PUT /" + token + "/" + size + "/" + chunked + " HTTP/1.1\r\nHost: test";
                int upload = random.nextInt(4) == 0 ? random.nextInt(100_000) : 0;
                client.send(chunked ? RelayTest.chunked(head, body(token, upload)) : RelayTest.sized(head, body(token, upload)));
                HttpMessage answer = client.read();
                assertEquals(200, answer.status(), answer::text);
                assertEquals(-1, java.util.Arrays.mismatch(body(~token, size), answer.body()), "first wrong byte");
            }
        }
        return null;
    }

    private static void answerWithTokens(TestOrigin.Talk talk) throws Exception {
        int left = 10 + talk.number() % 30;
        for (HttpMessage request = talk.read(); request != null && left > 0; request = talk.read(), left--) {
            String[] parts = request.target().split("/");
            long token = Long.parseLong(parts[1]);
            if (java.util.Arrays.mismatch(body(token, request.body().length), request.body()) >= 0) {
                throw new AssertionError("The body of " + request.target() + " is not its own.");
            }
            byte[] body = body(~token, Integer.parseInt(parts[2]));
            String head = "HTTP/1.1 200 OK" + (left == 1 ? "\r\nConnection: close" : "");
            talk.write(Boolean.parseBoolean(parts[3]) ? RelayTest.chunked(head, body) : RelayTest.sized(head, body));
        }
    }

    private static byte[] body(long token, int size) {
        byte[] body = new byte[size];
        new Random(token).nextBytes(body);
        return body;
    }
}

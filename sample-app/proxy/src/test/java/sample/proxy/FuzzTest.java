package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hostile clients and hostile origins, 100 000 lines or frames of each: no loop dies or hangs, no handler throws, nothing is left behind,
 * and an honest client beside them gets its own answers all the while. Its targets are its tokens: nobody else may ever see one.
 */
class FuzzTest {
    private static final int DRAWINGS = 100_000 / FuzzCorpus.MESSAGES;
    private static final String TOKEN = "/honest-";
    private static final String ASK = "GET /hostile/%d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n";
    private static final String OFFER = "Connection: upgrade\r\nUpgrade: websocket\r\n";

    @ParameterizedTest
    @CsvSource({"CLIENT_LINES, H1", "CLIENT_LINES, H2", "CLIENT_FRAMES, H1", "CLIENT_FRAMES, H2"})
    void clientsThatMakeNoSense(FuzzCorpus corpus, Protocol back) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).loops(2)
                        .clientMillis(2_000).start();
                TestClient honest = proxy.client()) {
            for (int i = 0; i < DRAWINGS / 2; i++) {
                try (TestClient hostile = proxy.client()) {
                    try {
                        hostile.send(corpus.next(new Random(i)));
                        hostile.socket.shutdownOutput();
                    } catch (IOException e) {
                        // closed in the middle of it
                    }
                    assertIsNobodyElses(hostile, i);
                }
                assertEquals(TOKEN + i, honest.get(TOKEN + i).text(), "after the bytes of seed " + i);
            }
            assertNothingIsLeft(proxy, 1);
        }
    }

    /** One connection at a time is poisoned, by an origin that serves honest requests too, on others and on those that survive. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void originsThatMakeNoSense(Protocol back) throws Exception {
        TestOrigin.Script script = back == Protocol.H1 ? FuzzTest::poisonLines : FuzzTest::poisonFrames;
        try (TestOrigin origin = new TestOrigin(script);
                TestProxy proxy = TestProxy.to(origin).protocol(back).loops(2).serverMillis(1_000).start();
                TestClient honest = proxy.client()) {
            for (int i = 0; i < DRAWINGS; i++) {
                try (TestClient victim = proxy.client()) {
                    victim.send(ASK.formatted(i, i % 2 == 0 ? "" : OFFER));
                    assertIsNobodyElses(victim, i);
                }
                HttpMessage answer = honest.get(TOKEN + i);
                assertEquals(TOKEN + i, answer.text(), "after the bytes of seed " + i);
            }
            assertNothingIsLeft(proxy, 1);
            assertEquals(0, origin.failures.size(), origin.failures::toString);
        }
    }

    /** What the origin of a request with a seed for its target says; then it ends. */
    private static byte[] poison(String target, FuzzCorpus corpus) {
        return corpus.next(new Random(Integer.parseInt(target.substring("/hostile/".length()))));
    }

    private static void poisonLines(TestOrigin.Talk talk) throws IOException {
        for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
            if (request.target().startsWith("/hostile/")) {
                talk.write(poison(request.target(), FuzzCorpus.ORIGIN_LINES));
                return;
            }
            talk.ok(request.target());
        }
    }

    private static void poisonFrames(TestOrigin.Talk talk) throws Exception {
        H2Peer peer = H2Peer.origin(talk, Map.of());
        for (String target = peer.nextTarget(); target != null; target = peer.nextTarget()) {
            if (target.startsWith("/hostile/")) {
                talk.write(poison(target, FuzzCorpus.ORIGIN_FRAMES));
                return;
            }
            peer.respond(peer.lastTargetId(), 200, target);
        }
    }

    /** Reads to the end, which has to come, and without anything of the honest client's. */
    private static void assertIsNobodyElses(TestClient client, int seed) throws IOException {
        StringBuilder said = new StringBuilder();
        byte[] piece = new byte[8192];
        InputStream in = client.in();
        try {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                said.append(new String(piece, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection hangs after the bytes of seed " + seed + ".", e);
        } catch (IOException e) {
            // reset, which is an end too
        }
        assertFalse(said.indexOf(TOKEN) >= 0, () -> "another client's bytes after those of seed " + seed + ": " + said);
    }

    private static void assertNothingIsLeft(TestProxy proxy, int clients) {
        TestProxy.await("the hostile are gone", () -> Arrays.stream(proxy.proxy.loops()).mapToInt(FuzzTest::fronts).sum() == clients);
        assertEquals(0, proxy.count("loopFailures"));
        TestProxy.await("what is not idle is closed",
                () -> proxy.count("newConnections") - proxy.count("closedConnections") == proxy.count("idleConnections"));
    }

    private static int fronts(EventLoop loop) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        loop.execute(() -> count.complete(loop.fronts.size()));
        return count.join();
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.http2.frames.PrefaceFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hostile bytes from clients, drawn from seeds, so that what fails fails again: no loop dies or hangs, no handler throws, nothing is
 * left behind, and an honest client beside them gets its own answers all the while.
 */
class FuzzTest {
    private static final int MESSAGES = 100_000;
    private static final int MESSAGES_PER_CONNECTION = 50;
    private static final List<String> LINES = List.of("GET / HTTP/1.1\r\n", "POST /x HTTP/1.1\r\n", "GET http://h/ HTTP/1.1\r\n", "HEAD * HTTP/1.0\r\n",
            "Host: a\r\n", "Host: a\r\n\r\n", "Content-Length: 3\r\n", "Content-Length: 3, 4\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding : chunked\r\n", " folded\r\n", "Expect: 100-continue\r\n",
            "Connection: close, x\r\n", "Upgrade: h2c\r\n", "\r\n", "abc", "3\r\nabc\r\n", "0\r\n\r\n", "0\r\nX: y\r\n\r\n", "-1\r\n", "ffffffffffffffff\r\n", "3;x=y\r\nabc\r\n",
            "PRI * HTTP/2.0\r\n", "\0", "\u00ff\u00fe", "X: \r\n", ":\r\n", "GET\r\n", "Trailer: X\r\n", "TE: trailers\r\n", "x".repeat(5000));

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void framesThatMakeNoSense(Protocol back) throws Exception {
        survive(back, FuzzTest::frames);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void messagesThatMakeNoSense(Protocol back) throws Exception {
        survive(back, FuzzTest::lines);
    }

    private interface Corpus {
        byte[] next(Random random);
    }

    private static void survive(Protocol back, Corpus corpus) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).loops(2)
                        .clientMillis(2_000).start();
                TestClient honest = proxy.client()) {
            for (int i = 0; i < MESSAGES / MESSAGES_PER_CONNECTION / 2; i++) {
                Random random = new Random(i);
                try (TestClient hostile = proxy.client()) {
                    hostile.send(corpus.next(random));
                    hostile.socket.shutdownOutput();
                    byte[] said = new byte[4096];
                    while (hostile.socket.getInputStream().read(said) > 0) {
                        // whatever it is: it ends
                    }
                } catch (IOException e) {
                    // closed in the middle of it
                }
                assertEquals("/" + i, honest.get("/" + i).text(), "after the bytes of seed " + i);
            }
            TestProxy.await("the hostile are gone", () -> Arrays.stream(proxy.proxy.loops()).mapToInt(FuzzTest::fronts).sum() == 1);
            assertEquals(0, proxy.count("loopFailures"));
            long open = proxy.count("newConnections") - proxy.count("closedConnections");
            assertEquals(proxy.count("idleConnections"), open);
            assertTrue(inner.count("loopFailures") == 0);
        }
    }

    private static int fronts(EventLoop loop) {
        java.util.concurrent.CompletableFuture<Integer> count = new java.util.concurrent.CompletableFuture<>();
        loop.execute(() -> count.complete(loop.fronts.size()));
        return count.join();
    }

    /** A good preface and settings, then frames with headers that are mostly in order and bodies that are mostly not. */
    private static byte[] frames(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PrefaceFrame.PREFACE_BYTES);
        bytes.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        for (int i = 0; i < MESSAGES_PER_CONNECTION; i++) {
            int length = random.nextInt(8) == 0 ? random.nextInt(3000) : random.nextInt(40);
            byte[] body = new byte[length];
            random.nextBytes(body);
            int type = random.nextInt(11);
            if (type == 1 || random.nextInt(3) == 0) {
                type = 1;
                body = head(random);
            }
            int flags = random.nextBoolean() ? 4 | random.nextInt(2) : random.nextInt(64);
            int id = random.nextInt(10) == 0 ? random.nextInt() : random.nextBoolean() ? 2 * i + 1 : random.nextInt(2 * i + 2);
            ByteBuffer header = ByteBuffer.allocate(9).putInt(body.length << 8 | type).put((byte) flags).putInt(type == 4 || type == 6 ? 0 : id);
            bytes.writeBytes(header.array());
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** A request's header block in static-table entries, now and then with a byte that does not belong there. */
    private static byte[] head(Random random) {
        byte[] block = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'a', 0x40, 1, 'x', 1, (byte) random.nextInt(128)};
        if (random.nextInt(3) == 0) {
            block[random.nextInt(block.length)] = (byte) random.nextInt();
        }
        return block;
    }

    private static byte[] lines(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < MESSAGES_PER_CONNECTION; i++) {
            byte[] line = LINES.get(random.nextInt(LINES.size())).getBytes(StandardCharsets.ISO_8859_1);
            if (random.nextInt(10) == 0) {
                line[random.nextInt(line.length)] = (byte) random.nextInt();
            }
            bytes.writeBytes(line);
        }
        return bytes.toByteArray();
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stop leaves alone, and that it leaves nothing behind. */
class StopTest {
    @ParameterizedTest
    @EnumSource(Reuse.class)
    void requestsInFlightAreAnsweredAndTheRestIsClosed(Reuse reuse) throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                if (request.target().equals("/slow")) {
                    answer.await();
                }
                talk.ok(request.target());
            }
        }); TestProxy proxy = TestProxy.to(origin).reuse(reuse).start(); TestClient idle = proxy.client(); TestClient busy = proxy.client()) {
            idle.get("/");
            busy.send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
            proxy.await("requests", 2);
            Thread stop = new Thread(() -> assertDoesStop(proxy));
            stop.start();
            assertTrue(idle.isEnded());
            assertThrows(IOException.class, () -> new TestClient(proxy.proxy.address()).close());
            answer.countDown();
            HttpMessage last = busy.read();
            assertEquals("/slow", last.text());
            assertEquals("close", last.field("connection"));
            busy.socket.close();
            stop.join();
            CounterReport counters = proxy.proxy.counters();
            assertEquals(2, counters.get("responses"));
            assertEquals(0, counters.get("idleConnections"));
            assertEquals(counters.get("newConnections"), counters.get("closedConnections"));
            TestProxy.await("the origin sees every connection closed", () -> origin.open.get() == 0);
        }
    }

    private static void assertDoesStop(TestProxy proxy) {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noDescriptorIsLeftBehind() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc here to count descriptors in");
        churn(); // what the JVM opens once and keeps
        long before = sockets();
        churn();
        TestProxy.await("there are as many descriptors as before, " + before, () -> sockets() <= before);
    }

    private static void churn() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).loops(4).maxconn(2).start()) {
            List<TestClient> clients = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 6; i++) {
                    clients.add(proxy.client());
                }
                for (TestClient client : clients) {
                    client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
                }
                for (TestClient client : clients) {
                    client.read();
                }
                for (TestClient client : clients.subList(0, 3)) {
                    client.close();
                }
                clients.subList(0, 3).clear();
            }
            for (TestClient client : clients) {
                client.close();
            }
            assertTrue(proxy.count("takeovers") > 10);
        }
    }

    private static long sockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(StopTest::isSocketOrSelector).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isSocketOrSelector(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.startsWith("anon_inode:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}

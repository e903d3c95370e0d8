package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use which connection again, how many are kept, and for how long. */
class PoolTest {
    /** Connections that five clients need, who come one after the other and send so many requests each. */
    @ParameterizedTest
    @CsvSource({"NEVER, 1, 5", "NEVER, 3, 5", "SAFE, 1, 5", "SAFE, 3, 5", "AGGRESSIVE, 1, 5", "AGGRESSIVE, 3, 1", "ALWAYS, 1, 1", "ALWAYS, 3, 1"})
    void aClientsFirstRequestGetsWhatTheModeAllows(Reuse reuse, int requests, int connections) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).reuse(reuse).start()) {
            for (int i = 0; i < 5; i++) {
                try (TestClient client = proxy.client()) {
                    for (int j = 0; j < requests; j++) {
                        assertEquals("/" + j, client.get("/" + j).text());
                    }
                }
            }
            assertEquals(connections, proxy.count("newConnections"));
        }
    }

    /** An HTTP/2 connection that was idle is as safe as one that was used twice. */
    @Test
    void aConnectionWithStreamsIsSharedOnlyWhereOneClientMayHoldUpAnother() throws Exception {
        for (Reuse reuse : Reuse.values()) {
            CountDownLatch answer = new CountDownLatch(1);
            try (TestOrigin origin = new TestOrigin(talk -> {
                for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                    if (request.target().equals("/slow")) {
                        answer.await();
                    }
                    talk.ok(request.target());
                }
            }); TestProxy inner = TestProxy.to(origin).start();
                    TestProxy proxy = TestProxy.to(inner.proxy.address()).protocol(Protocol.H2).reuse(reuse).start();
                    H2Peer a = H2Peer.client(proxy); TestClient b = proxy.client()) {
                int slow = a.get("/slow");
                TestProxy.await("the slow request is there", () -> origin.connections.get() == 1);
                int quick = a.get("/quick");
                assertEquals("/quick", a.answer(quick).text());
                assertEquals(1, proxy.count("newConnections"), "one client's streams share, with " + reuse);
                assertEquals("/b", b.get("/b").text());
                assertEquals(reuse == Reuse.ALWAYS ? 1 : 2, proxy.count("newConnections"), reuse.toString());
                answer.countDown();
                assertEquals("/slow", a.answer(slow).text());
            }
        }
    }

    static Stream<Arguments> nothingKept() {
        return Stream.of(Protocol.values()).flatMap(back -> Stream.of(new PoolSettings(0, 0, 5_000, true), new PoolSettings(-1, 0, 0, true))
                .map(pool -> Arguments.of(back, pool)));
    }

    @ParameterizedTest
    @MethodSource("nothingKept")
    void noRoomOrNoDelayKeepsNothing(Protocol back, PoolSettings pool) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back)
                        .pool(pool.most(), pool.low(), pool.purgeMillis(), pool.shared()).start();
                TestClient client = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                assertEquals("/" + i, client.get("/" + i).text());
            }
            assertEquals(10, proxy.count("newConnections"));
            proxy.await("closedConnections", 10);
            assertEquals(10, proxy.count("insertsRefused"));
        }
    }

    @Test
    void noMoreAreIdleThanMayBeOnAllLoopsTogether() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            answer.await();
            talk.ok("ok");
            talk.read();
        }); TestProxy proxy = TestProxy.to(origin).loops(3).pool(2, 0, 5_000, true).start()) {
            TestClient[] clients = new TestClient[6];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = proxy.client().send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            }
            TestProxy.await("all are at the origin", () -> origin.connections.get() == 6);
            answer.countDown();
            for (TestClient client : clients) {
                assertEquals("ok", client.read().text());
                client.socket.close();
            }
            proxy.await("closedConnections", 4);
            assertEquals(2, proxy.count("idleConnections"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true, 199, 1", "1, true, 199, 1", "2, true, 0, 2", "0, false, 0, 2"})
    void loopsTakeEachOthersConnectionsOnlyWhereThatIsWanted(int low, boolean shared, int takeovers, int connections) throws Exception {
        try (TestOrigin origin = TestOrigin.echo();
                TestProxy proxy = TestProxy.to(origin).loops(2).maxconn(1).pool(-1, low, 5_000, shared).start();
                TestClient a = proxy.client(); TestClient b = proxy.client()) {
            for (int i = 0; i < 100; i++) {
                assertEquals("/a", a.get("/a").text());
                assertEquals("/b", b.get("/b").text());
            }
            assertEquals(takeovers, proxy.count("takeovers"));
            assertEquals(connections, proxy.count("newConnections"));
        }
    }

    /** Three loops, three clients, one after the other: the third may take a connection that the second had to leave alone. */
    @ParameterizedTest
    @CsvSource({"0, true, 2, 1", "1, true, 2, 1", "2, true, 1, 2", "3, true, 0, 3", "0, false, 0, 3"})
    void nobodyTakesWhileTooFewAreIdle(int low, boolean shared, int takeovers, int connections) throws Exception {
        try (TestOrigin origin = TestOrigin.echo();
                TestProxy proxy = TestProxy.to(origin).loops(3).maxconn(1).pool(-1, low, 5_000, shared).start()) {
            for (int i = 0; i < 3; i++) {
                try (TestClient client = proxy.client()) {
                    assertEquals("/" + i, client.get("/" + i).text());
                }
            }
            assertEquals(takeovers, proxy.count("takeovers"));
            assertEquals(connections, proxy.count("newConnections"));
        }
    }

    /** What is needed is connections, not requests: four at a time on one connection are no reason to keep four connections. */
    @Test
    void streamsOfOneConnectionCountOnce() throws Exception {
        CyclicBarrier four = new CyclicBarrier(4);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                four.await();
                talk.ok(request.target());
            }
        }); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(inner.proxy.address()).protocol(Protocol.H2).reuse(Reuse.SAFE).pool(-1, 0, 600_000, true).start();
                H2Peer many = H2Peer.client(proxy)) {
            burst(many);
            TestClient[] clients = {proxy.client(), proxy.client(), proxy.client(), proxy.client()};
            for (TestClient client : clients) {
                client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            }
            for (TestClient client : clients) {
                assertEquals("/", client.read().text()); // one connection each: none may share another's while it has streams
            }
            proxy.await("idleConnections", 5);
            for (int left : new int[] {4, 4, 3, 2, 1, 1}) { // half of what is more than was needed: four at first, then one
                purge(proxy.proxy.loops()[0]);
                proxy.await("idleConnections", left);
                assertEquals(5 - left, proxy.count("closedConnections"));
                burst(many);
                proxy.await("idleConnections", left);
            }
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    private static void burst(H2Peer client) throws IOException {
        for (int i = 0; i < 4; i++) {
            client.get("/");
        }
        for (int i = 0; i < 4; i++) {
            client.next(DataFrame.class, DataFrame::isEndStream);
        }
    }

    /** As if the time had come. */
    private static void purge(EventLoop loop) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            loop.purge.run(loop.purge.due());
            done.complete(null);
        });
        done.join();
    }

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void theOwnerClosesWhatIsNotNeededAnyMore(LockKind lock) throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            answer.await();
            talk.ok("ok");
            talk.read();
        }); TestProxy proxy = TestProxy.to(origin).lock(lock).loops(2).pool(-1, 0, 50, true).start()) {
            TestClient[] clients = new TestClient[8];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = proxy.client().send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            }
            TestProxy.await("all are at the origin", () -> origin.connections.get() == 8);
            answer.countDown();
            for (TestClient client : clients) {
                assertEquals("ok", client.read().text());
            }
            proxy.await("idleConnections", 0);
            assertEquals(8, proxy.count("purges"));
            proxy.await("closedConnections", 8);
            for (TestClient client : clients) {
                client.socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void maintenanceEndsWhatIsIdleAndLetsTheRestFinish(Protocol back) throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                if (request.target().equals("/slow")) {
                    answer.await();
                }
                talk.ok(request.target());
            }
        }); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).loops(2).start();
                TestClient a = proxy.client(); TestClient b = proxy.client()) {
            a.send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
            TestProxy.await("the slow request is there", () -> origin.connections.get() == 1);
            assertEquals("/b", b.get("/b").text());
            proxy.await("idleConnections", 1);
            assertEquals(200, post(proxy, "/maintenance"));
            proxy.await("idleConnections", 0);
            assertEquals(503, b.get("/b").status());
            answer.countDown();
            assertEquals("/slow", a.read().text());
            proxy.await("closedConnections", 2);
            assertEquals(200, post(proxy, "/ready"));
            assertEquals("/again", b.get("/again").text());
        }
    }

    /** Connections that are woken, taken over, inserted or purged at that very moment. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void maintenanceUnderLoadLeavesNothingIdle(Protocol back) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).loops(3)
                        .maxconn(2).pool(-1, 0, 5, true).start()) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger wrong = new AtomicInteger();
            Thread[] clients = new Thread[6];
            for (int i = 0; i < clients.length; i++) {
                String target = "/" + i;
                clients[i] = new Thread(() -> {
                    try (TestClient client = proxy.client()) {
                        while (!done.get()) {
                            HttpMessage answer = client.get(target);
                            wrong.addAndGet(answer.status() == 503 || answer.text().equals(target) ? 0 : 1);
                        }
                    } catch (Exception e) {
                        wrong.incrementAndGet();
                    }
                });
                clients[i].start();
            }
            for (int i = 1; i <= 50; i++) {
                long served = proxy.count("responses");
                TestProxy.await("requests go through", () -> proxy.count("responses") > served + 20);
                proxy.proxy.maintenance(true);
                TestProxy.await("nothing is left", () -> proxy.count("idleConnections") == 0
                        && proxy.count("newConnections") == proxy.count("closedConnections"));
                proxy.proxy.maintenance(false);
            }
            done.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertEquals(0, wrong.get());
            assertTrue(proxy.count("takeovers") > 0);
        }
    }

    @Test
    void maintenanceEndsIdlePrivateConnections() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).reuse(Reuse.NEVER).start();
                TestClient client = proxy.client()) {
            client.get("/");
            post(proxy, "/maintenance");
            proxy.await("closedConnections", 1);
        }
    }

    private static int post(TestProxy proxy, String path) throws Exception {
        String address = "http://127.0.0.1:" + proxy.proxy.adminAddress().getPort() + path;
        HttpURLConnection post = (HttpURLConnection) URI.create(address).toURL().openConnection();
        post.setRequestMethod("POST");
        post.setDoOutput(true);
        try (OutputStream nothing = post.getOutputStream()) {
            nothing.flush();
        }
        return post.getResponseCode();
    }
}

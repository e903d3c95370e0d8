package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An HTTP/2 origin does something other than answer, and connections to it change hands. */
class H2OriginTest {
    private static final Map<Integer, Integer> NOTHING = Map.of();

    /** Answers every request with its path. */
    static void echo(TestOrigin.Talk talk) throws Exception {
        echo(H2Peer.origin(talk, NOTHING));
    }

    private static void echo(H2Peer peer) throws Exception {
        for (HeadersFrame request = peer.next(HeadersFrame.class); request != null; request = peer.next(HeadersFrame.class)) {
            peer.respond(request.getStreamId(), 200, path(request));
        }
    }

    private static String path(HeadersFrame request) {
        return ((org.eclipse.jetty.http.MetaData.Request) request.getMetaData()).getHttpURI().getPathQuery();
    }

    private static TestProxy.Builder proxy(TestOrigin origin) {
        return TestProxy.to(origin).protocol(Protocol.H2);
    }

    @Test
    void whatARequestWasRefusedAnotherConnectionServes() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            if (talk.number() == 1) {
                HeadersFrame request = peer.next(HeadersFrame.class);
                peer.send(new ResetFrame(request.getStreamId(), ErrorCode.REFUSED_STREAM_ERROR.code));
            }
            echo(peer);
        }); TestProxy proxy = proxy(origin).start(); TestClient client = proxy.client()) {
            assertEquals("/a", client.get("/a").text());
            assertEquals(1, proxy.count("retries"));
            assertEquals(2, origin.connections.get());
        }
    }

    @Test
    void goingAwayEndsWhatItNamesAndRefusesTheRest() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            if (talk.number() > 1) {
                echo(peer);
                return;
            }
            HeadersFrame first = peer.next(HeadersFrame.class);
            peer.next(HeadersFrame.class);
            peer.send(new GoAwayFrame(first.getStreamId(), ErrorCode.NO_ERROR.code, null));
            peer.respond(first.getStreamId(), 200, "old");
            talk.in().transferTo(java.io.OutputStream.nullOutputStream());
        }); TestProxy proxy = proxy(origin).start(); TestClient a = proxy.client(); TestClient b = proxy.client()) {
            a.send("GET /a HTTP/1.1\r\nHost: test\r\n\r\n");
            TestProxy.await("a's request is under way", () -> proxy.count("requests") == 1);
            b.send("GET /b HTTP/1.1\r\nHost: test\r\n\r\n");
            assertEquals("old", a.read().text());
            assertEquals("/b", b.read().text());
            proxy.await("closedConnections", 1); // once its last stream was over
            assertEquals(2, origin.connections.get());
            assertEquals(0, proxy.count("errors"));
        }
    }

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void anIdleConnectionAnswersPingsAndGoesBackIntoTheList(LockKind lock) throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch ponged = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            peer.respond(peer.next(HeadersFrame.class).getStreamId(), 200, "one");
            idle.await();
            peer.send(new PingFrame(77, false), new SettingsFrame(Map.of(SettingsFrame.MAX_CONCURRENT_STREAMS, 5), false));
            assertEquals(77, peer.next(PingFrame.class).getPayloadAsLong());
            ponged.countDown();
            echo(peer);
        }); TestProxy proxy = proxy(origin).lock(lock).start(); TestClient client = proxy.client()) {
            assertEquals("one", client.get("/one").text());
            proxy.await("idleConnections", 1);
            idle.countDown();
            ponged.await();
            assertEquals("/two", client.get("/two").text());
            assertEquals(1, origin.connections.get());
            assertTrue(proxy.count("idleWakes") >= 1);
            assertTrue(origin.failures.isEmpty(), () -> origin.failures.toString());
        }
    }

    /** The thief's probe has read the first byte of the ping. The connection is left to its owner, and the byte with it. */
    @ParameterizedTest
    @EnumSource(LockKind.class)
    void whatAThiefHasReadIsNotLost(LockKind lock) throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch ponged = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            if (talk.number() == 1) {
                peer.respond(peer.next(HeadersFrame.class).getStreamId(), 200, "one");
                idle.await();
                peer.send(new PingFrame(77, false));
                assertEquals(77, peer.next(PingFrame.class).getPayloadAsLong());
                ponged.countDown();
            }
            echo(peer);
        }); TestProxy proxy = proxy(origin).lock(lock).loops(2).start(); TestClient a = proxy.client(); TestClient b = proxy.client()) {
            a.get("/a");
            proxy.await("idleConnections", 1);
            EventLoop owner = proxy.proxy.loops()[0];
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch probed = new CountDownLatch(1);
            owner.execute(() -> { // the owner is busy, so that the thief is the first to see what has come
                held.countDown();
                try {
                    probed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            held.await();
            try {
                idle.countDown();
                TestProxy.await("the ping is there", () -> IdleConnectionTest.peekIsReadable(owner.idle.safe));
                assertEquals("/b", b.get("/b").text()); // on a connection of its own
            } finally {
                probed.countDown();
            }
            assertTrue(ponged.await(20, java.util.concurrent.TimeUnit.SECONDS), "the ping was understood");
            assertEquals(1, proxy.count("probeRefusals"));
            assertEquals("/again", a.get("/again").text());
            assertEquals(0, proxy.count("closedConnections"));
            assertTrue(origin.failures.isEmpty(), () -> origin.failures.toString());
        }
    }

    @Test
    void oneThatIsIdleAndGoesAwayIsClosed() throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            peer.respond(peer.next(HeadersFrame.class).getStreamId(), 200, "one");
            idle.await();
            peer.send(new GoAwayFrame(1, ErrorCode.NO_ERROR.code, null));
            echo(peer);
        }); TestProxy proxy = proxy(origin).start(); TestClient client = proxy.client()) {
            client.get("/one");
            proxy.await("idleConnections", 1);
            idle.countDown();
            proxy.await("closedConnections", 1);
            assertEquals(0, proxy.count("idleConnections"));
        }
    }

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void oneGoesToAnotherLoopAndBack(LockKind lock) throws Exception {
        try (TestOrigin origin = new TestOrigin(H2OriginTest::echo);
                TestProxy proxy = proxy(origin).lock(lock).loops(2).maxconn(1).start(); TestClient a = proxy.client();
                TestClient b = proxy.client()) {
            for (int i = 0; i < 100; i++) {
                assertEquals("/a" + i, a.get("/a" + i).text());
                proxy.await("idleConnections", 1);
                assertEquals("/b" + i, b.get("/b" + i).text());
                proxy.await("idleConnections", 1);
            }
            assertEquals(1, origin.connections.get());
            assertEquals(199, proxy.count("takeovers"));
            proxy.await("staleWakes", 199);
            LockCountsTest.assertBalanced(proxy.proxy.counters(), 200);
            assertTrue(origin.failures.isEmpty(), () -> origin.failures.toString());
        }
    }

    /** While it has streams it is in no idle list: the other loop opens one of its own. */
    @Test
    void oneWithStreamsIsNotTakenOver() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            HeadersFrame first = peer.next(HeadersFrame.class);
            if (path(first).equals("/slow")) {
                answer.await();
            }
            peer.respond(first.getStreamId(), 200, path(first));
            echo(peer);
        }); TestProxy proxy = proxy(origin).loops(2).start(); TestClient a = proxy.client(); TestClient b = proxy.client()) {
            a.send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
            TestProxy.await("the slow request is there", () -> origin.connections.get() == 1);
            assertEquals("/b", b.get("/b").text());
            answer.countDown();
            assertEquals("/slow", a.read().text());
            assertEquals(2, origin.connections.get());
            assertEquals(0, proxy.count("takeovers"));
        }
    }

    @Test
    void theOriginsLimitOfStreamsIsKept() throws Exception {
        CountDownLatch elsewhere = new CountDownLatch(2);
        try (TestOrigin origin = new TestOrigin(talk -> {
            if (talk.number() > 1) {
                H2Peer peer = H2Peer.origin(talk, NOTHING);
                for (HeadersFrame request = peer.next(HeadersFrame.class); request != null; request = peer.next(HeadersFrame.class)) {
                    peer.respond(request.getStreamId(), 200, path(request));
                    elsewhere.countDown();
                }
                return;
            }
            H2Peer peer = H2Peer.origin(talk, Map.of(SettingsFrame.MAX_CONCURRENT_STREAMS, 2));
            peer.respond(peer.next(HeadersFrame.class).getStreamId(), 200, "first"); // by now the proxy has the settings
            int one = peer.next(HeadersFrame.class).getStreamId();
            int two = peer.next(HeadersFrame.class).getStreamId();
            elsewhere.await(); // the other two did not come here
            peer.respond(one, 200, "ok");
            peer.respond(two, 200, "ok");
            peer.next(HeadersFrame.class);
        }); TestProxy proxy = proxy(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            client.answer(client.get("/first"));
            for (int i = 0; i < 4; i++) {
                client.get("/" + i);
            }
            for (int i = 0; i < 4; i++) {
                client.next(DataFrame.class, DataFrame::isEndStream);
            }
            assertEquals(2, origin.connections.get());
        }
    }

    @Test
    void brokenOriginsAreA502OrAReset() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            for (HeadersFrame request = peer.next(HeadersFrame.class); request != null; request = peer.next(HeadersFrame.class)) {
                int id = request.getStreamId();
                switch (path(request)) {
                    case "/reset" -> peer.send(new ResetFrame(id, ErrorCode.INTERNAL_ERROR.code));
                    case "/headless" -> peer.send(new DataFrame(id, java.nio.ByteBuffer.allocate(3), true));
                    case "/window" -> peer.send(new WindowUpdateFrame(id, Integer.MAX_VALUE));
                    case "/settings" -> peer.send(new SettingsFrame(Map.of(SettingsFrame.INITIAL_WINDOW_SIZE, -1), false));
                    default -> peer.respond(id, 200, "fine");
                }
            }
        }); TestProxy proxy = proxy(origin).start(); TestClient client = proxy.client()) {
            for (String path : List.of("/reset", "/headless", "/window", "/settings")) {
                assertEquals(502, client.get(path).status(), path);
                assertEquals("fine", client.get("/").text(), path);
            }
        }
    }

    /** Frames have room for a body that must not be. To HTTP/1's reader it would be the next answer, and of the origin's making. */
    @ParameterizedTest
    @CsvSource({"GET, 204", "GET, 304", "HEAD, 200", "HEAD, 404"})
    void aBodyThatMustNotBeIsNotPassedOn(String method, int status) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            for (String target = peer.nextTarget(); target != null; target = peer.nextTarget()) {
                peer.respond(peer.lastTargetId(), target.equals("/odd") ? status : 200, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            }
        }); TestProxy proxy = proxy(origin).start(); TestClient client = proxy.client()) {
            client.send(method + " /odd HTTP/1.1\r\nHost: test\r\n\r\n");
            assertEquals(status, client.readHeadOnly().status());
            assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", client.get("/next").text());
        }
    }

    @Test
    void anOriginThatNeverAnswersIsA504() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            peer.next(HeadersFrame.class);
            ResetFrame reset = peer.next(ResetFrame.class);
            assertEquals(ErrorCode.CANCEL_STREAM_ERROR.code, reset.getError());
            echo(peer);
        }); TestProxy proxy = proxy(origin).serverMillis(300).start(); TestClient client = proxy.client()) {
            assertEquals(504, client.get("/").status());
            assertEquals("/next", client.get("/next").text());
            assertEquals(1, origin.connections.get()); // a stream's end is not the connection's
            assertTrue(origin.failures.isEmpty(), () -> origin.failures.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void anIdleConnectionThatDiesIsReplaced(Reuse reuse) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, NOTHING);
            HeadersFrame request = peer.next(HeadersFrame.class);
            peer.respond(request.getStreamId(), 200, path(request));
        }); TestProxy proxy = proxy(origin).reuse(reuse).start(); TestClient client = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                assertEquals("/" + i, client.get("/" + i).text());
            }
            assertEquals(10, proxy.count("responses"));
        }
    }

    @Test
    void privateConnectionsServeAllStreamsOfTheirClientAndEndWithIt() throws Exception {
        try (TestOrigin origin = new TestOrigin(H2OriginTest::echo); TestProxy proxy = proxy(origin).reuse(Reuse.NEVER).start()) {
            try (H2Peer a = H2Peer.client(proxy); H2Peer b = H2Peer.client(proxy)) {
                for (int i = 0; i < 5; i++) {
                    assertEquals("/a", a.answer(a.get("/a")).text());
                    assertEquals("/b", b.answer(b.get("/b")).text());
                }
                assertEquals(2, origin.connections.get());
                assertEquals(0, proxy.count("insertsOffered"));
                assertEquals(0, proxy.count("getLocks"));
            }
            proxy.await("closedConnections", 2);
        }
    }
}

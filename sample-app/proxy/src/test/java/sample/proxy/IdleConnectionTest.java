package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What befalls a connection between two requests. */
class IdleConnectionTest {
    @ParameterizedTest
    @EnumSource(LockKind.class)
    void oneThatTheOriginClosesLeavesTheList(LockKind lock) throws Exception {
        CountDownLatch close = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.ok(talk.read().target());
            close.await();
        }); TestProxy proxy = TestProxy.to(origin).lock(lock).start(); TestClient client = proxy.client()) {
            client.get("/");
            assertEquals(1, proxy.count("idleConnections"));
            close.countDown();
            proxy.await("idleConnections", 0);
            proxy.await("closedConnections", 1);
            assertEquals(1, proxy.count("idleWakes"));
            assertEquals("/2", client.get("/2").text());
            assertEquals(0, proxy.count("retries")); // the proxy knew
        }
    }

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void oneOnWhichTheOriginSpeaksUnaskedIsClosed(Reuse reuse) throws Exception {
        CountDownLatch speak = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.ok(talk.read().target());
            speak.await();
            talk.ok("poison");
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).reuse(reuse).start(); TestClient client = proxy.client()) {
            client.get("/");
            speak.countDown();
            proxy.await("closedConnections", 1);
            assertEquals("/2", client.get("/2").text());
        }
    }

    @Test
    void whatFollowsAnAnswerInTheSameSegmentIsNobodysAnswer() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + talk.read().target().charAt(1)
                    + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            assertEquals("1", client.get("/1").text());
            assertEquals("2", client.get("/2").text());
            assertEquals(0, proxy.count("insertsOffered"));
        }
    }

    @Test
    void oneThatLiesTooLongIsClosedByItsTimer() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).serverMillis(40).start();
                TestClient client = proxy.client()) {
            client.get("/");
            proxy.await("closedConnections", 1);
            assertEquals(0, proxy.count("idleConnections"));
            assertTrue(proxy.count("timerLocks") > 0);
            assertEquals("/2", client.get("/2").text());
        }
    }

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void oneGoesToAnotherLoopAndBack(LockKind lock) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).lock(lock).loops(2).maxconn(1).start();
                TestClient a = proxy.client(); TestClient b = proxy.client()) {
            // The clients are on different loops. The one slot is given back after the insert: b's lookup always finds a's connection.
            for (int i = 0; i < 100; i++) {
                assertEquals("/a", a.get("/a").text());
                assertEquals("/b", b.get("/b").text());
            }
            assertEquals(1, origin.connections.get());
            assertEquals(199, proxy.count("takeovers"));
            assertEquals(0, proxy.count("loopFailures"));
            proxy.await("staleWakes", proxy.count("takeovers")); // each old tasklet runs, once,
            TestProxy.await("two clients and one connection have a key", () -> keys(proxy) == 3); // and nothing of it is left
        }
    }

    /** Registrations with all selectors, each counted by its own thread. */
    static int keys(TestProxy proxy) {
        int keys = 0;
        for (EventLoop loop : proxy.proxy.loops()) {
            CompletableFuture<Integer> ofLoop = new CompletableFuture<>();
            loop.execute(() -> ofLoop.complete(loop.selector.keys().size()));
            keys += ofLoop.join();
        }
        return keys;
    }

    /** Back before the old loop has run at all: its key is still there, and must serve the new tasklet and outlive the old one. */
    @Test
    void aConnectionThatReturnsBeforeItsOldTaskletRanKeepsItsKey() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).loops(2).start();
                TestClient a = proxy.client()) {
            a.get("/a");
            EventLoop home = proxy.proxy.loops()[0];
            EventLoop away = proxy.proxy.loops()[1];
            AtomicReference<AssertionError> failure = new AtomicReference<>();
            CountDownLatch done = new CountDownLatch(1);
            home.execute(() -> {
                try {
                    BackConnection connection = home.idle.idle.newest;
                    Tasklet first = connection.tasklet;
                    home.idle.takeover(connection, away);
                    Tasklet second = connection.tasklet;
                    away.idle.insert(connection);
                    away.idle.takeover(connection, home);
                    assertSame(first.key, connection.tasklet.key);
                    assertNotSame(first, connection.tasklet);
                    assertNull(first.context);
                    assertNull(second.context);
                    home.idle.insert(connection);
                    home.wakeFromOutside(first);
                    away.wakeFromOutside(second);
                } catch (AssertionError e) {
                    failure.set(e);
                } finally {
                    done.countDown();
                }
            });
            done.await();
            assertNull(failure.get(), () -> failure.get().toString());
            proxy.await("staleWakes", 2);
            assertEquals("/again", a.get("/again").text());
            assertEquals(1, origin.connections.get());
            assertEquals(0, proxy.count("loopFailures"));
        }
    }

    @ParameterizedTest
    @EnumSource(LockKind.class)
    void oneThatFailsTheThiefsProbeIsClosedByItsOwner(LockKind lock) throws Exception {
        CountDownLatch speak = new CountDownLatch(1);
        CountDownLatch spoken = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.ok(talk.read().target());
            if (talk.number() == 1) {
                speak.await();
                talk.write("x");
                spoken.countDown();
            }
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).lock(lock).loops(2).start(); TestClient a = proxy.client(); TestClient b = proxy.client()) {
            a.get("/a");
            EventLoop owner = proxy.proxy.loops()[0];
            CountDownLatch stolenFrom = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            owner.execute(() -> { // the owner is busy, so that the thief is the first to see what has come
                held.countDown();
                try {
                    stolenFrom.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            held.await();
            try {
                speak.countDown();
                spoken.await();
                TestProxy.await("the byte is there", () -> peekIsReadable(owner.idle.idle));
                assertEquals("/b", b.get("/b").text()); // on a connection of its own
                assertEquals(1, owner.idle.size());
                assertTrue(owner.idle.idle.newest.doomed);
            } finally {
                stolenFrom.countDown();
            }
            proxy.await("closedConnections", 1);
            assertEquals(1, proxy.count("probeRefusals"));
            assertEquals(0, proxy.count("takeovers"));
            assertEquals("/c", a.get("/c").text());
        }
    }

    /** Looks with a selector of its own, and so takes nothing out of the socket. */
    static boolean peekIsReadable(Ring ring) {
        try (java.nio.channels.Selector selector = java.nio.channels.Selector.open()) {
            ring.newest.channel.register(selector, java.nio.channels.SelectionKey.OP_READ);
            return selector.selectNow() == 1;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

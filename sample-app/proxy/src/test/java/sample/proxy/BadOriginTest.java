package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy makes of an origin that is dead, slow or wrong. */
class BadOriginTest {
    @ParameterizedTest
    @EnumSource(Reuse.class)
    void refusedConnectionsGet503AndTheClientMayGoOn(Reuse reuse) throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        try (TestProxy proxy = TestProxy.to(nobody).reuse(reuse).maxconn(1).start(); TestClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                HttpMessage answer = client.get("/");
                assertEquals(503, answer.status());
                assertTrue(answer.text().contains("Connection refused"), answer::text);
            }
            assertEquals(3, proxy.count("errors"));
            assertEquals(0, proxy.proxy.slotsTaken());
        }
    }

    @Test
    void anOriginThatAcceptsNoConnectionGets503() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = TestProxy.to((InetSocketAddress) full.getLocalSocketAddress()).connectMillis(100).serverMillis(100).start()) {
            // The kernel completes connections until its queue is full: those time out as 504, what comes after as 503.
            for (int i = 0; i < 8; i++) {
                try (TestClient client = proxy.client()) {
                    HttpMessage answer = client.get("/");
                    if (answer.status() == 503) {
                        assertTrue(answer.text().contains("accepted no connection within 100 ms"), answer::text);
                        return;
                    }
                    assertEquals(504, answer.status());
                }
            }
            throw new AssertionError("The queue of one took eight connections.");
        }
    }

    @Test
    void anOriginThatSaysNothingGets504() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> talk.in().readAllBytes());
                TestProxy proxy = TestProxy.to(origin).serverMillis(60).maxconn(1).start(); TestClient client = proxy.client()) {
            assertEquals(504, client.get("/").status());
            assertEquals(504, client.get("/again").status());
            assertEquals(2, proxy.count("closedConnections"));
            assertEquals(0, proxy.count("retries"));
        }
    }

    @Test
    void aRequestThatFindsNoSlotGets503() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            answer.await();
            TestOrigin.echo(talk);
        }); TestProxy proxy = TestProxy.to(origin).connectMillis(60).maxconn(1).start();
                TestClient first = proxy.client(); TestClient second = proxy.client()) {
            first.send("GET /first HTTP/1.1\r\nHost: test\r\n\r\n");
            proxy.await("newConnections", 1);
            HttpMessage refusal = second.get("/");
            assertEquals(503, refusal.status());
            assertTrue(refusal.text().contains("No request slot"), refusal::text);
            answer.countDown();
            assertEquals("/first", first.read().text());
            assertEquals("/third", second.get("/third").text()); // the slot passed through the queue's dead entry
        }
    }

    @Test
    void anOriginThatClosesWithoutAnAnswerGets502() throws Exception {
        try (TestOrigin origin = new TestOrigin(TestOrigin.Talk::read); TestProxy proxy = TestProxy.to(origin).start();
                TestClient client = proxy.client()) {
            assertEquals(502, client.get("/").status());
            assertEquals(502, client.get("/again").status());
            assertEquals(0, proxy.count("retries")); // both connections were fresh
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\r\n folded\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 100 Continue\r\n\r\n",
    })
    void whatIsNoAnswerGets502(String nonsense) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write(nonsense);
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage answer = client.get("/");
            while (answer.status() < 200) {
                answer = client.read();
            }
            assertEquals(502, answer.status(), answer::text);
            proxy.await("closedConnections", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\nzz\r\n",
    })
    void anAnswerCutShortIsCutShortForTheClientToo(String part) throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write(part);
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThrows(EOFException.class, client::read);
            proxy.await("closedConnections", 1);
        }
    }

    @Test
    void aConnectionThatDiedInTheIdleListIsReplacedOnceForASafeRequest() throws Exception {
        try (TestOrigin origin = new TestOrigin(BadOriginTest::closeOnSecond); TestProxy proxy = TestProxy.to(origin).start();
                TestClient client = proxy.client()) {
            for (int i = 0; i < 4; i++) {
                assertEquals("/" + i, client.get("/" + i).text()); // each but the first finds the connection of the one before dead
            }
            assertEquals(3, proxy.count("retries"));
            assertEquals(0, proxy.count("errors"));
        }
    }

    @Test
    void aRequestThatMightBeDoneTwiceIsNotRepeated() throws Exception {
        try (TestOrigin origin = new TestOrigin(BadOriginTest::closeOnSecond); TestProxy proxy = TestProxy.to(origin).start();
                TestClient client = proxy.client()) {
            assertEquals(200, client.get("/").status());
            assertEquals(502, client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n").read().status());
            assertEquals(200, client.get("/").status());
            assertEquals(502, client.send("PUT / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody").read().status());
            assertEquals(0, proxy.count("retries"));
        }
    }

    @Test
    void aPostWhoseBodyHasNotBegunIsRepeated() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.ok("first");
            HttpMessage head = HttpMessage.read(talk.in(), false);
            if (talk.number() > 1 && head != null) {
                talk.ok(new String(talk.in().readNBytes(4)));
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.get("/");
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\n");
            proxy.await("retries", 1);
            // The fresh connection's script wants a request first: this one is it.
            assertEquals("first", client.send("body").read().text());
        }
    }

    @Test
    void anAnswerBeforeTheBodyIsPassedOnAndBothConnectionsEnd() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            HttpMessage.read(talk.in(), false);
            talk.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
            talk.in().readAllBytes();
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\nsome");
            HttpMessage answer = client.read();
            assertEquals(413, answer.status());
            assertEquals("close", answer.field("connection"));
            proxy.await("closedConnections", 1);
            assertEquals(0, proxy.count("insertsOffered"));
        }
    }

    private static void closeOnSecond(TestOrigin.Talk talk) throws IOException {
        talk.ok(talk.read().target());
        HttpMessage.read(talk.in(), false); // it waits for the next request, so that the proxy cannot know
    }
}

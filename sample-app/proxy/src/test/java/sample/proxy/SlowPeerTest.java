package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that stop in the middle of something. */
class SlowPeerTest {
    private static final String UPLOAD = "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhalf!";

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aClientThatStopsInItsBodyGets408(Protocol back) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).clientMillis(100)
                        .serverMillis(60).start();
                TestClient client = proxy.client()) {
            HttpMessage answer = client.send(UPLOAD).read(); // and not a 504: it is not the origin who is slow
            assertEquals(408, answer.status());
            assertEquals("close", answer.field("connection"));
            client.socket.shutdownOutput();
            assertTrue(client.isEnded());
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aClientThatDoesNotReadIsGivenUp(Protocol back) throws Exception {
        byte[] large = new byte[50_000_000];
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: " + large.length + "\r\n\r\n");
            talk.write(large);
        }); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).clientMillis(200)
                        .serverMillis(100).start();
                TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            if (back == Protocol.H1) {
                proxy.await("closedConnections", 1);
            } else {
                inner.await("closedConnections", 1); // only the stream ends, and with it the request behind it
            }
            assertThrows(EOFException.class, client::read);
        }
    }

    @Test
    void anOriginThatStopsInItsAnswerCutsItShort() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf!");
            seen.await();
        }); TestProxy proxy = TestProxy.to(origin).serverMillis(60).start(); TestClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThrows(EOFException.class, client::read);
            proxy.await("closedConnections", 1);
            seen.countDown();
        }
    }

    @Test
    void anOriginThatSaysNoAnswerButInterimOnesIsA502() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            for (int i = 0; i < 100; i++) {
                talk.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            HttpMessage answer = client.get("/");
            int interims = 0;
            while (answer.status() == 103) {
                interims++;
                answer = client.read();
            }
            assertEquals(502, answer.status());
            assertEquals(ResponseReader.MAX_INTERIMS, interims);
        }
    }
}

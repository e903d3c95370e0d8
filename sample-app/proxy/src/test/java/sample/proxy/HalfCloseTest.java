package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One side ends, or does not take any more, before the other has said all. */
class HalfCloseTest {
    private static final String UPLOAD = "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 50000000\r\n\r\n";

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aClientThatEndsAfterItsRequestsGetsTheAnswers(Protocol back) throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
                answer.await();
                talk.ok(request.target());
            }
        }); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).start();
                TestClient client = proxy.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: test\r\n\r\nGET /2 HTTP/1.1\r\nHost: test\r\n\r\n");
            client.socket.shutdownOutput();
            TestProxy.await("the request is there", () -> origin.connections.get() == 1);
            answer.countDown();
            assertEquals("/1", client.read().text());
            assertEquals("/2", client.read().text());
            assertTrue(client.isEnded());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HT", "GET / HTTP/1.1\r\nHost: test\r\n"})
    void aClientThatEndsInTheMiddleOfAHeadIsClosed(String part) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            client.send(part);
            client.socket.shutdownOutput();
            assertTrue(client.isEnded());
            assertEquals(0, origin.connections.get());
        }
    }

    @Test
    void anOriginThatEndsAfterItsAnswerHasGivenIt() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.ok(talk.read().target());
            talk.socket().shutdownOutput();
            seen.await();
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            for (int i = 1; i <= 3; i++) {
                assertEquals("/" + i, client.get("/" + i).text());
                proxy.await("closedConnections", i);
            }
            assertEquals(0, proxy.count("errors"));
            seen.countDown();
        }
    }

    /** The write of the rest fails; the answer that came before is the answer all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\n\r\nlarge", "Transfer-Encoding: chunked\r\n\r\n5\r\nlarge\r\n0\r\n\r\n", "Connection: close\r\n\r\nlarge"})
    void anOriginThatAnswersAndTakesNoMoreHasAnswered(String answer) throws Exception {
        for (int i = 0; i < 20; i++) {
            try (TestOrigin origin = new TestOrigin(talk -> {
                HttpMessage.read(talk.in(), false);
                talk.write("HTTP/1.1 413 Content Too Large\r\n" + answer);
            }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
                HttpMessage[] got = new HttpMessage[1];
                Thread reader = new Thread(() -> {
                    try {
                        got[0] = client.read();
                    } catch (IOException e) {
                        // it stays null
                    }
                });
                reader.start();
                upload(client);
                reader.join();
                assertEquals(413, got[0].status());
                assertEquals("large", got[0].text());
                assertEquals("close", got[0].field("connection"));
                proxy.await("closedConnections", 1);
                assertEquals(0, proxy.count("errors"));
            }
        }
    }

    @Test
    void anOriginThatTakesNoMoreAndHasNotAnsweredIsA502() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            HttpMessage.read(talk.in(), false);
            talk.reset();
        }); TestProxy proxy = TestProxy.to(origin).start(); TestClient client = proxy.client()) {
            Thread sender = new Thread(() -> upload(client));
            sender.start();
            assertEquals(502, client.read().status());
            sender.join();
        }
    }

    /** Until it is told to stop. */
    private static void upload(TestClient client) {
        try {
            client.send(UPLOAD);
            byte[] piece = new byte[100_000];
            for (int i = 0; i < 500; i++) {
                client.send(piece);
            }
        } catch (IOException e) {
            // the proxy has answered and closed
        }
    }
}

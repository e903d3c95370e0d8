package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The timeouts are for peers that do nothing: whoever takes what it is sent, however slowly, is given more time; who takes nothing is not. */
class SlowButAliveTest {
    /** More than all sockets on the way hold. */
    private static final int UPLOAD = 20_000_000;

    @Test
    void aClientThatTakesItsAnswerInPiecesIsGivenTime() throws Exception {
        byte[] body = new byte[300_000];
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            talk.write(RelayTest.sized("HTTP/1.1 200 OK", body));
        }); TestProxy proxy = TestProxy.to(origin).start();
                H2Peer client = H2Peer.client(proxy, Map.of(SettingsFrame.INITIAL_WINDOW_SIZE, 100))) {
            client.credits = false;
            int id = client.get("/");
            client.next(DataFrame.class);
            long before = deadline(proxy, proxy.onlyClient());
            client.send(new WindowUpdateFrame(id, 100));
            client.next(DataFrame.class);
            assertTrue(deadline(proxy, proxy.onlyClient()) > before);
        }
    }

    /** The origin takes the body, and says nothing until it has all of it. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void anOriginThatTakesTheBodyInPiecesIsGivenTime(Protocol back) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            // Some kernels would take all of the body for an origin that does not read.
            talk.socket().setReceiveBufferSize(1 << 16);
            if (back == Protocol.H1) {
                HttpMessage.read(talk.in(), false);
                go.await();
                talk.in().readNBytes(UPLOAD);
                end.await();
                talk.ok("done");
            } else {
                H2Peer peer = H2Peer.origin(talk, Map.of(SettingsFrame.INITIAL_WINDOW_SIZE, 1000));
                int id = peer.next(HeadersFrame.class).getStreamId();
                go.await();
                peer.send(new WindowUpdateFrame(0, UPLOAD), new WindowUpdateFrame(id, UPLOAD));
                peer.answerBody(id);
                end.await();
                peer.respond(id, 200, "done");
            }
        }); TestProxy proxy = TestProxy.to(origin).protocol(back).start(); TestClient client = proxy.client()) {
            Thread upload = new Thread(() -> upload(client));
            upload.start();
            try {
                TestProxy.await("there is a connection to the origin", () -> back(proxy) != null);
                Connection connection = back(proxy);
                TestProxy.await("the origin takes no more", () -> proxy.onLoop(() -> isStuck(connection)));
                long before = deadline(proxy, connection);
                go.countDown();
                TestProxy.await("there is more time", () -> deadline(proxy, connection) > before);
            } finally {
                go.countDown();
                end.countDown();
            }
            assertEquals("done", client.read().text());
            upload.join();
        }
    }

    /** With no stream left and output that nobody reads: it is told to go, and then, still without a sign of life, closed. */
    @Test
    void aClientWithoutStreamsThatReadsNothingIsClosed() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> {
            while (talk.read() != null) {
                talk.write(RelayTest.sized("HTTP/1.1 200 OK", new byte[15_000]));
            }
        }); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            client.send(new WindowUpdateFrame(0, 1 << 30));
            FrontConnection front = proxy.onlyClient();
            for (int sent = 1; proxy.onLoop(() -> front.out.flush(front.channel)); sent++) {
                client.get("/");
                proxy.await("responses", sent);
            }
            for (int i = 0; i < 2; i++) {
                assertEquals(1, proxy.onLoop(() -> proxy.proxy.loops()[0].fronts.size()));
                long due = proxy.onLoop(() -> front.tasklet().timer.due);
                assertNotEquals(ConnectionTimer.NEVER, due, "nothing would ever close it");
                proxy.onLoop(() -> {
                    front.armUntil(front.loop().now()); // as if the time had come
                    return null;
                });
                TestProxy.await("the timer has struck", () -> proxy.onLoop(() -> front.closed || front.deadline > front.loop().now()));
            }
            assertTrue(front.closed);
        }
    }

    private static void upload(TestClient client) {
        try {
            client.send(RelayTest.sized("PUT / HTTP/1.1\r\nHost: a", new byte[UPLOAD]));
        } catch (Exception e) {
            // then there is no answer either
        }
    }

    /** The only connection to the origin; null before there is one. */
    private static Connection back(TestProxy proxy) {
        return proxy.onLoop(() -> proxy.proxy.loops()[0].selector.keys().stream().map(key -> (Tasklet) key.attachment())
                .filter(tasklet -> !tasklet.front).map(tasklet -> tasklet.context).findFirst().orElse(null));
    }

    private static boolean isStuck(Connection connection) throws IOException {
        return ((BackConnection) connection).mux instanceof H2Back mux ? mux.streams.all().iterator().next().hasUnsent()
                : !connection.out.flush(connection.channel);
    }

    /** With one stream, also that stream's. */
    private static long deadline(TestProxy proxy, Connection connection) {
        return proxy.onLoop(() -> connection.deadline);
    }
}

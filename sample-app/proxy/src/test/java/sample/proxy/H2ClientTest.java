package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An HTTP/2 client does something other than ask. What the protocol itself demands, h2spec tests. */
class H2ClientTest {
    private interface Flood {
        void send(H2Peer client, int i) throws IOException;
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                flood("resets", (client, i) -> client.send(new ResetFrame(client.get("/" + i), ErrorCode.CANCEL_STREAM_ERROR.code))),
                flood("settings", (client, i) -> client.send(new SettingsFrame(Map.of(), false))),
                flood("pings", (client, i) -> client.send(new PingFrame(i, false))),
                flood("priorities", (client, i) -> client.raw(new byte[] {0, 0, 5, 2, 0, 0, 0, 0, 1, 0, 0, 0, 3, 7}, 0, 14)),
                flood("empty data", (client, i) -> client.send(new DataFrame(upload(client, i), ByteBuffer.allocate(0), false))),
                flood("windows that provoke resets", (client, i) -> {
                    int id = client.get("/" + i);
                    client.send(new WindowUpdateFrame(id, Integer.MAX_VALUE), new WindowUpdateFrame(id, Integer.MAX_VALUE));
                }),
                flood("continuations", (client, i) -> {
                    byte[] frame = {0, 0, 0, (byte) (i == 0 ? 1 : 9), 0, 0, 0, 0, 1};
                    client.raw(frame, 0, frame.length);
                }),
                flood("frames of no known type", (client, i) -> client.raw(new byte[] {0, 0, 0, 77, 0, 0, 0, 0, 0}, 0, 9)),
                flood("requests of no sense", (client, i) -> client.request("GET", "/ /", HttpFields.EMPTY, true)));
    }

    private static int upload(H2Peer client, int i) throws IOException {
        return i == 0 ? client.request("PUT", "/", HttpFields.EMPTY, false) : 1;
    }

    private static Arguments flood(String name, Flood flood) {
        return Arguments.of(name, flood);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void whoFloodsIsToldToKeepCalm(String name, Flood flood) throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            try {
                for (int i = 0; i < 2_000; i++) {
                    flood.send(client, i);
                }
            } catch (IOException e) {
                // closed in the middle of it, as it should be
            }
            try {
                GoAwayFrame bye = client.next(GoAwayFrame.class);
                assertNotNull(bye);
                assertEquals(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, bye.getError());
            } catch (IOException e) {
                // its last word was lost in the flood
            }
            try (TestClient other = proxy.client()) {
                assertEquals("/calm", other.get("/calm").text());
            }
            TestProxy.await("only the flood's end is left of it", () -> proxy.count("newConnections") - proxy.count("closedConnections") <= 1);
        }
    }

    @Test
    void oneStreamTooManyIsRefused() throws Exception {
        try (TestOrigin origin = new TestOrigin(talk -> talk.in().transferTo(java.io.OutputStream.nullOutputStream()));
                TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            for (int i = 0; i < H2Front.MAX_STREAMS; i++) {
                client.get("/" + i);
            }
            int last = client.get("/last");
            ResetFrame reset = client.next(ResetFrame.class);
            assertEquals(last, reset.getStreamId());
            assertEquals(ErrorCode.REFUSED_STREAM_ERROR.code, reset.getError());
            assertEquals(H2Front.MAX_STREAMS, proxy.count("requests"));
        }
    }

    @Test
    void aHeadThatIsTooLargeEndsTheConnection() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            client.request("GET", "/", HttpFields.build().add("X-Large", "v".repeat(100_000)), true);
            GoAwayFrame bye = client.next(GoAwayFrame.class);
            assertNotNull(bye);
            assertEquals(0, proxy.count("requests"));
        }
    }

    /** A field that is sent once, and then a thousand times by its number in the table: small on the wire, large in memory. */
    @Test
    void aHeadThatIsLargeOnlyWhenUnpackedEndsTheConnection() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x40, 1, 'x', 127, (byte) 0xA1, 0x1E}); // 4000 octets
            block.writeBytes("v".repeat(4_000).getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 1_000; i++) {
                block.write(0xBE);
            }
            client.raw(new byte[] {0, (byte) (block.size() >> 8), (byte) block.size(), 1, 5, 0, 0, 0, 1}, 0, 9);
            client.raw(block.toByteArray(), 0, block.size());
            assertNotNull(client.next(GoAwayFrame.class));
            assertEquals(0, proxy.count("requests"));
        }
    }

    @Test
    void bodiesMustBeAsLongAsAnnounced() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            int id = client.request("PUT", "/", HttpFields.build().add("Content-Length", "5"), false);
            client.send(new DataFrame(id, ByteBuffer.allocate(6), true));
            assertEquals(ErrorCode.PROTOCOL_ERROR.code, client.next(ResetFrame.class).getError());
            assertEquals("/next", client.answer(client.get("/next")).text());
        }
    }

    @Test
    void tunnelsAreRefused() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            byte[] connect = {0, 0, 0xf, 1, 4, 0, 0, 0, 1, 0x42, 7, 'C', 'O', 'N', 'N', 'E', 'C', 'T', 0x41, 3, 'a', ':', '1', 0, 0};
            connect[2] = 14;
            client.raw(connect, 0, 9 + 14);
            assertEquals(501, client.answer(1).status());
        }
    }

    @Test
    void aStopLetsStreamsFinishAndOpensNoMore() throws Exception {
        java.util.concurrent.CountDownLatch answer = new java.util.concurrent.CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            talk.read();
            answer.await();
            talk.ok("late");
        }); TestProxy proxy = TestProxy.to(origin).start(); H2Peer client = H2Peer.client(proxy)) {
            int id = client.get("/");
            TestProxy.await("it is at the origin", () -> origin.connections.get() == 1);
            Thread stopper = new Thread(() -> {
                try {
                    proxy.proxy.stop();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            stopper.start();
            GoAwayFrame bye = client.next(GoAwayFrame.class);
            assertEquals(id, bye.getLastStreamId());
            client.get("/too-late");
            answer.countDown();
            assertEquals("late", client.answer(id).text());
            assertNull(client.next(HeadersFrame.class));
            client.socket.close();
            stopper.join();
            assertEquals(1, proxy.proxy.counters().get("requests"));
        }
    }

    @Test
    void idleClientsAreSentAwayAndSlowOnesLoseTheirStream() throws Exception {
        try (TestOrigin origin = TestOrigin.echo(); TestProxy proxy = TestProxy.to(origin).clientMillis(150).start();
                H2Peer client = H2Peer.client(proxy)) {
            int id = client.request("PUT", "/", HttpFields.EMPTY, false);
            H2Peer.Answer answer = client.answer(id);
            assertEquals(408, answer.status());
            GoAwayFrame bye = client.next(GoAwayFrame.class);
            assertEquals(ErrorCode.NO_ERROR.code, bye.getError());
            assertNull(client.next(HeadersFrame.class));
        }
    }

    @Test
    void anUnreachableOriginIsA503OnEachStream() throws Exception {
        java.net.InetSocketAddress nobody;
        try (TestOrigin origin = TestOrigin.echo()) {
            nobody = origin.address();
        }
        for (Protocol protocol : Protocol.values()) {
            try (TestProxy proxy = TestProxy.to(nobody).protocol(protocol).start(); H2Peer client = H2Peer.client(proxy)) {
                for (int i = 0; i < 50; i++) {
                    client.get("/" + i);
                }
                for (int i = 0; i < 50; i++) {
                    Frame head = client.next(HeadersFrame.class);
                    assertTrue(head instanceof HeadersFrame frame
                            && ((org.eclipse.jetty.http.MetaData.Response) frame.getMetaData()).getStatus() == 503, String.valueOf(head));
                }
            }
        }
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.junit.jupiter.api.Test;

/**
 * Room is granted for what is still to come. RFC 9113 section 5.1 lets an origin forget a stream that it has ended, and Jetty gives up a
 * connection that minds such streams more than 128 times a second, with all that is on it.
 */
class H2GrantTest {
    private static final int PIECE = 16_000;
    private static final int PIECES = 3; // together more than half a window, and less than one

    @Test
    void nobodyIsToldToSendMoreThanHeAnnounced() throws Exception {
        CountDownLatch passedOn = new CountDownLatch(1);
        AtomicInteger grants = new AtomicInteger();
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, Map.of());
            int id = peer.next(HeadersFrame.class).getStreamId();
            peer.send(H2Peer.answerHead(id, 200, HttpFields.build().put(HttpHeader.CONTENT_LENGTH, PIECES * PIECE)));
            for (int i = 0; i < PIECES; i++) {
                peer.send(new DataFrame(id, ByteBuffer.allocate(PIECE), false));
            }
            passedOn.await();
            peer.send(new DataFrame(id, ByteBuffer.allocate(0), true));
            Frame frame = peer.next(Frame.class);
            for (; !(frame instanceof HeadersFrame); frame = peer.next(Frame.class)) {
                if (frame instanceof WindowUpdateFrame update && update.getStreamId() == id) {
                    grants.incrementAndGet();
                }
            }
            peer.respond(((HeadersFrame) frame).getStreamId(), 200, "fine");
        }); TestProxy proxy = TestProxy.to(origin).protocol(Protocol.H2).start(); TestClient client = proxy.client()) {
            assertEquals(PIECES * PIECE, client.get("/").text().length());
            passedOn.countDown();
            assertEquals("fine", client.get("/next").text());
            assertEquals(0, grants.get());
        }
    }
}

package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.junit.jupiter.api.Test;

/**
 * A connection that one client holds has no stream any more, but still something to send, so it is not published yet, and gets the
 * client's next stream. Once it is published it must be the list's alone: who still held it then would use it beside its next owner.
 */
class HeldConnectionTest {
    private static final int PLENTY = 1 << 30;

    @Test
    void isLetGoOfWhenItIsPublished() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        try (TestOrigin origin = new TestOrigin(talk -> {
            H2Peer peer = H2Peer.origin(talk, Map.of(SettingsFrame.INITIAL_WINDOW_SIZE, PLENTY)).send(new WindowUpdateFrame(0, PLENTY));
            peer.next(HeadersFrame.class);
            reads.await();
            for (String target = peer.nextTarget(); target != null; target = peer.nextTarget()) {
                peer.respond(peer.lastTargetId(), 200, target);
            }
        }); TestProxy proxy = TestProxy.to(origin).protocol(Protocol.H2).reuse(Reuse.SAFE).start(); H2Peer client = H2Peer.client(proxy)) {
            int upload = client.request("PUT", "/upload", HttpFields.EMPTY, false);
            proxy.await("requests", 1);
            FrontConnection front = proxy.onlyClient();
            uploadUntilStuck(client, upload, proxy, proxy.onLoop(front::available));
            client.send(new ResetFrame(upload, ErrorCode.CANCEL_STREAM_ERROR.code));
            int next = client.get("/next");
            proxy.await("requests", 2);
            reads.countDown();
            assertEquals("/next", client.answer(next).text());
            proxy.await("idleConnections", 1);
            assertEquals(1, proxy.count("newConnections"), "the same connection served both");
            assertEquals(null, proxy.onLoop(front::available), "published and still held");
        }
    }

    /** As much as the windows allow, until neither the origin nor its socket takes more. */
    private static void uploadUntilStuck(H2Peer client, int id, TestProxy proxy, BackConnection back) throws Exception {
        long connection = H2Stream.WINDOW;
        long stream = H2Stream.WINDOW;
        client.socket.setSoTimeout(50); // to look again
        while (!proxy.onLoop(() -> isStuck(back))) {
            int length = (int) Math.min(Math.min(connection, stream), 16_384);
            if (length > 0) {
                client.send(new DataFrame(id, ByteBuffer.allocate(length), false));
                connection -= length;
                stream -= length;
                continue;
            }
            try {
                WindowUpdateFrame update = client.next(WindowUpdateFrame.class);
                connection += update.getStreamId() == 0 ? update.getWindowDelta() : 0;
                stream += update.getStreamId() == 0 ? 0 : update.getWindowDelta();
            } catch (SocketTimeoutException e) {
                // none yet
            }
        }
        client.socket.setSoTimeout(20_000);
    }

    private static boolean isStuck(BackConnection back) {
        if (!back.isConnected()) {
            return false;
        }
        ((H2Back) back.mux).flush();
        return !back.out.isEmpty();
    }
}

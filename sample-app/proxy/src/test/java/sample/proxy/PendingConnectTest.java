package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An origin whose queue is full: the connection stays on its way, and the last stream that waits for it gives up. */
class PendingConnectTest {
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whoGivesUpTakesItAlong(Protocol back) throws Exception {
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) origin.getLocalSocketAddress();
            for (int i = 0; i < 4; i++) { // some are taken into the queue, the others stay on their way as well
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(address);
                queue.add(waiting);
            }
            try (TestProxy proxy = TestProxy.to(address).protocol(back).connectMillis(300).start(); TestClient client = proxy.client()) {
                HttpMessage answer = client.get("/");
                assertEquals(503, answer.status(), answer::text);
                proxy.await("closedConnections", 1);
                assertEquals(0, proxy.count("loopFailures"));
            }
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }
}

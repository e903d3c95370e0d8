package sample.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The origin server, in a JVM of its own. Prints {@code ready origin=127.0.0.1:PORT} and ends when its standard input ends,
 * which is also what happens when the process that started it is killed.
 */
public final class Origin {

    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

    /** Starts the origin on a free port of the loopback address. */
    Origin() throws Exception {
        server.setHandler(new OriginHandler());
        server.start();
    }

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        var origin = new Origin();
        System.out.println("ready origin=127.0.0.1:" + origin.port());
        waitForEndOfInput();
        origin.stop();
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    void stop() throws Exception {
        server.stop();
    }

    private static void waitForEndOfInput() throws IOException {
        while (System.in.read() != -1) {
            // what is written to us means nothing; only the end counts
        }
    }
}

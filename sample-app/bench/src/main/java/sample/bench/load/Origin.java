package sample.bench.load;

import java.io.IOException;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The origin server, in a JVM of its own. Prints {@code ready origin=127.0.0.1:PORT} and ends when its standard input ends,
 * which is also what happens when the process that started it is killed.
 */
public final class Origin {

    private final Server server = new Server();

    /** Starts the origin on a free port of the loopback address. It speaks HTTP/1.1 and, by prior knowledge, HTTP/2. */
    Origin() throws Exception {
        var settings = new HttpConfiguration();
        var connector = new ServerConnector(server, new HttpConnectionFactory(settings), new HTTP2CServerConnectionFactory(settings));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
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

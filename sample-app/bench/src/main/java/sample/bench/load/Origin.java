package sample.bench.load;

import java.io.IOException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The origin server, in a JVM of its own. Prints {@code ready origin=127.0.0.1:PORT} and ends when its standard input ends,
 * which is also what happens when the process that started it is killed.
 */
public final class Origin {

    /** The usual one of key stores that protect nothing. */
    static final String KEY_PASSWORD = "changeit";

    private static final String MOODY = "--moody";

    private final Server server = new Server();

    /**
     * Starts the origin on a free port of the loopback address. It speaks HTTP/1.1 and HTTP/2: over TLS what ALPN says, otherwise the
     * latter by prior knowledge.
     *
     * @param keys  the PKCS#12 key store for TLS; null for none
     * @param moody some answers come late, some close the connection
     */
    Origin(String keys, boolean moody) throws Exception {
        var settings = new HttpConfiguration();
        var http = new HttpConnectionFactory(settings);
        ServerConnector connector;
        if (keys == null) {
            connector = new ServerConnector(server, http, new HTTP2CServerConnectionFactory(settings));
        } else {
            var tls = new SslContextFactory.Server();
            tls.setKeyStorePath(keys);
            tls.setKeyStorePassword(KEY_PASSWORD);
            var alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
            alpn.setDefaultProtocol(http.getProtocol());
            connector = new ServerConnector(server, new SslConnectionFactory(tls, alpn.getProtocol()), alpn,
                    new HTTP2ServerConnectionFactory(settings), http);
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(moody ? new MoodyHandler(new OriginHandler()) : new OriginHandler());
        server.start();
    }

    /** Takes the key store for TLS, or {@code --moody}, or nothing. */
    public static void main(String[] args) throws Exception {
        boolean moody = args.length > 0 && args[0].equals(MOODY);
        var origin = new Origin(args.length == 0 || moody ? null : args[0], moody);
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

package pools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.api.ContentResponse;

/** Real requests over loopback to a server of the JDK's, which keeps connections alive. */
final class JettyWork implements Work {

    private static final byte[] BODY = "hello".getBytes();

    private final HttpClient client = new HttpClient();
    private HttpServer server;
    private ExecutorService serving;
    private String uri;

    @Override public void start(int threads) throws Exception {
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        serving = Executors.newFixedThreadPool(threads);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.setExecutor(serving);
        server.start();
        client.setMaxConnectionsPerDestination(threads);
        client.start();
        uri = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort() + "/";
    }

    @Override public void round(int thread, int number) throws Exception {
        ContentResponse response = client.GET(uri);
        if (response.getStatus() != 200 || response.getContent().length != BODY.length) {
            throw new IOException("got " + response);
        }
    }

    @Override public void stop() throws Exception {
        client.stop();
        server.stop(0);
        serving.shutdownNow();
    }
}

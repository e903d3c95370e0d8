package sample.bench.real;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server of this JVM whose answer says what was asked for. */
final class Origin implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * Rounds.THREADS);

    Origin() throws IOException {
        // Headers and body are two writes; the second would wait for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] body = body(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    static String body(String path) {
        return "answer to " + path;
    }

    static void check(String path, String answer) {
        if (!answer.equals(body(path))) {
            throw new AssertionError("answer to " + path + ": " + answer);
        }
    }

    @Override public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

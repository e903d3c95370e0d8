package sample.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** {@code GET /counters} and {@code POST} to {@code /stop}, {@code /maintenance} and {@code /ready}, on a port and a thread of their own. */
final class Admin {
    private final Proxy proxy;
    private final HttpServer http;

    Admin(InetSocketAddress address, Proxy proxy) throws IOException {
        this.proxy = proxy;
        this.http = HttpServer.create(address, 0);
        http.createContext("/counters", this::counters);
        http.createContext("/stop", this::stop);
        http.createContext("/maintenance", exchange -> maintenance(exchange, true));
        http.createContext("/ready", exchange -> maintenance(exchange, false));
    }

    InetSocketAddress address() {
        return http.getAddress();
    }

    void start() {
        http.start();
    }

    void stop() {
        http.stop(0);
    }

    private void counters(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 405, "{\"error\": \"Use GET.\"}");
            return;
        }
        try {
            answer(exchange, 200, proxy.counters().toJson());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private void stop(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "{\"error\": \"Use POST.\"}");
            return;
        }
        answer(exchange, 200, "{\"stopping\": true}");
        proxy.requestStop();
    }

    private void maintenance(HttpExchange exchange, boolean on) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "{\"error\": \"Use POST.\"}");
            return;
        }
        proxy.maintenance(on);
        answer(exchange, 200, "{\"maintenance\": " + on + "}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

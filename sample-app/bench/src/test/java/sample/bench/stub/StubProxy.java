package sample.bench.stub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Passes bytes through and reports the counters that a proxy without takeovers would have. */
public class StubProxy {

    private static final byte[] TOKEN_HEADER = "X-Token:".getBytes(StandardCharsets.US_ASCII);

    private final AtomicLong requests = new AtomicLong();
    private final List<String> args;
    private final InetSocketAddress origin;

    StubProxy(String[] args) {
        this.args = List.of(args);
        String[] server = option("--server").split(":");
        origin = new InetSocketAddress(server[0], Integer.parseInt(server[1]));
    }

    /** Understands the options that the stubs need and passes over all others. */
    public static void main(String[] args) throws IOException {
        new StubProxy(args).run();
    }

    final void run() throws IOException {
        HttpServer admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        admin.createContext("/stop", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            writeCounters();
            System.exit(0);
        });
        admin.createContext("/counters", exchange -> {
            byte[] none = "{}".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, none.length);
            exchange.getResponseBody().write(none);
            exchange.close();
        });
        admin.start();
        thread(() -> {
            System.in.transferTo(OutputStream.nullOutputStream());
            System.exit(0);
        });
        try (ServerSocket listen = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            System.out.println("ready listen=127.0.0.1:" + listen.getLocalPort() + " admin=127.0.0.1:" + admin.getAddress().getPort());
            while (true) {
                serve(listen);
            }
        }
    }

    /** Accepts one connection, or as many as a stub needs for its mischief. */
    void serve(ServerSocket listen) throws IOException {
        connect(listen.accept(), null);
    }

    /** Joins a client with the origin; answers go to {@code receiver}, or to the client itself if that is null. */
    final Socket connect(Socket client, Socket receiver) throws IOException {
        Socket server = new Socket(origin.getAddress(), origin.getPort());
        thread(() -> pump(client, server, requests));
        if (receiver == null) {
            thread(() -> pump(server, client, new AtomicLong()));
        }
        return server;
    }

    static void pump(Socket from, Socket to, AtomicLong tokens) throws IOException {
        byte[] buffer = new byte[16 << 10];
        int matched = 0;
        try (from; to) {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    matched = buffer[i] == TOKEN_HEADER[matched] ? matched + 1 : 0;
                    if (matched == TOKEN_HEADER.length) {
                        tokens.incrementAndGet();
                        matched = 0;
                    }
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        }
    }

    /** Changes a counter before it is written; the plain stub changes nothing. */
    void tamper(Map<String, Object> counters) {
    }

    private void writeCounters() throws IOException {
        boolean bypass = "bypass".equals(System.getProperty("usr1.mode"));
        long n = requests.get();
        long locked = bypass ? 0 : 2 * n;
        var counters = new TreeMap<String, Object>();
        for (String zero : List.of("errors", "retries", "loopFailures", "takeovers", "idleWakes", "staleWakes", "insertsRefused",
                "tryLocksWon", "tryLocksLost", "emptyScans", "probeRefusals", "timerLocks", "newConnections",
                "contendedLiveWakes", "waitNanos")) {
            counters.put(zero, 0);
        }
        counters.putAll(Map.of("requests", n, "responses", n, "wakes", 2 * n, "frontWakes", n, "wakeLocks", locked,
                "frontWakeLocks", locked / 2, "otherLockedWakes", locked));
        counters.putAll(Map.of("getLocks", n, "lookups", n, "insertLocks", n, "insertsOffered", n, "jdk", Runtime.version().feature(),
                "lock", option("--lock"), "reuse", option("--reuse"), "loops", Integer.parseInt(option("--loops"))));
        tamper(counters);
        ObjectMapper json = new ObjectMapper();
        json.writeValue(new File(option("--counters-file")), counters);
        String agentFile = System.getProperty("usr1.counters.file");
        if (agentFile != null) {
            json.writeValue(new File(agentFile), Map.of("targets", List.of(
                    Map.of("target", "sample-proxy", "state", "open", "bypassed", bypass ? 2 * n : 0, "violations", 0))));
        }
    }

    private String option(String name) {
        return args.get(args.indexOf(name) + 1);
    }

    /** What may fail when the other side goes away. */
    interface Io {
        void run() throws IOException;
    }

    static void thread(Io io) {
        Thread thread = new Thread(() -> {
            try {
                io.run();
            } catch (IOException closed) {
                // one side went away; the other is closed with it
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

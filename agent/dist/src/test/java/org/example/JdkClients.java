package org.example;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An application that asks a server of its own, by one of the JDK's clients, and says what became of the client's pool. */
public final class JdkClients {

    private static final int THREADS = 4;
    private static final String BODY = "answer";
    private static final int MINUTE = 60_000;

    private JdkClients() {
    }

    /** Arguments: {@code url} or {@code client}, and how many requests. */
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Throwable failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        // Headers and body are two writes; the second would wait for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int all = Integer.parseInt(arguments[1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newFixedThreadPool(2 * THREADS));
        server.createContext("/", exchange -> {
            byte[] body = BODY.getBytes();
            // An idle connection is closed by the client's timer, which is waited for at the end; five seconds are its default.
            exchange.getResponseHeaders().set("Connection", "keep-alive");
            exchange.getResponseHeaders().set("Keep-Alive", "timeout=1");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        if (arguments[0].equals("url")) {
            rounds(all, () -> url(uri));
            Class<?> pool = Class.forName("sun.net.www.http.KeepAliveCache");
            if (counted(pool) > 0) {
                // It closes what is idle, under the lock, and ends: after that the count stands still.
                end("Keep-Alive-Timer");
            }
            say(all, pool);
        } else {
            client(all, uri);
            say(all, Class.forName("jdk.internal.net.http.ConnectionPool"));
        }
    }

    private static String url(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes());
        }
    }

    /** Until the client has ended, for its own thread looks at the pool now and then. */
    private static void client(int all, URI uri) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        HttpClient client = HttpClient.newBuilder().executor(executor).version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        rounds(all, () -> client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        // JDK 17 has no public way to end a client.
        Object selecting = field(field(client, "impl"), "selmgr");
        Method shutdown = selecting.getClass().getDeclaredMethod("shutdown");
        shutdown.setAccessible(true);
        shutdown.invoke(selecting);
        end("HttpClient-1-SelectorManager");
        executor.shutdown();
        if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the client's executor goes on");
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    private static void rounds(int all, Callable<String> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> {
                for (int n = 0; n < all / THREADS; n++) {
                    if (!request.call().equals(BODY)) {
                        throw new AssertionError("another answer");
                    }
                }
                return null;
            }));
        }
        for (Future<Void> one : running) {
            one.get(2, TimeUnit.MINUTES);
        }
        threads.shutdown();
    }

    private static void end(String name) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join(MINUTE);
                if (thread.isAlive()) {
                    throw new AssertionError(name + " goes on");
                }
            }
        }
    }

    /** By the pool itself, if it was patched to count; else 0. */
    private static long counted(Class<?> pool) throws ReflectiveOperationException {
        for (Field field : pool.getDeclaredFields()) {
            if (field.getName().equals("COUNTED")) {
                return ((AtomicLong) field.get(null)).get();
            }
        }
        return 0;
    }

    private static void say(int operations, Class<?> pool) throws ReflectiveOperationException {
        System.out.println("operations " + operations + " counted " + counted(pool));
        long added = Arrays.stream(pool.getDeclaredFields()).filter(field -> field.getName().contains("usr1")).count()
                + Arrays.stream(pool.getDeclaredMethods()).filter(method -> method.getName().contains("usr1")).count();
        System.out.println("added " + added);
        System.out.println("reads " + pool.getModule().canRead(Class.forName("io.usr1.runtime.Gate", false, null).getModule()));
    }
}

package sample.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An origin with a thread a connection, which does whatever its script says, however wrong. */
final class TestOrigin implements AutoCloseable {
    /** What one connection does. Returning closes it. */
    interface Script {
        void run(Talk talk) throws Exception;
    }

    /**
     * One connection of the proxy's.
     *
     * @param tls null without TLS
     */
    record Talk(int number, Socket socket, SSLSocket tls, InputStream in, OutputStream out) {
        HttpMessage read() throws IOException {
            return HttpMessage.read(in);
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        void ok(String body) throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** A reset instead of an end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket listener;
    private final SSLContext tls;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    TestOrigin(Script script) throws IOException {
        this(null, script);
    }

    /** @param tls null for none */
    TestOrigin(SSLContext tls, Script script) throws IOException {
        this.tls = tls;
        this.script = script;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Answers every request with its target, for as long as the proxy goes on. */
    static TestOrigin echo() throws IOException {
        return new TestOrigin(TestOrigin::echo);
    }

    static void echo(Talk talk) throws IOException {
        for (HttpMessage request = talk.read(); request != null; request = talk.read()) {
            talk.ok(request.target());
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                int number = connections.incrementAndGet();
                open.incrementAndGet();
                sockets.add(socket);
                daemon(() -> run(number, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void run(int number, Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            SSLSocket secure = tls == null ? null : (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            if (secure != null) {
                secure.setUseClientMode(false);
            }
            Socket used = secure == null ? socket : secure;
            script.run(new Talk(number, socket, secure, new BufferedInputStream(used.getInputStream()), used.getOutputStream()));
        } catch (IOException e) {
            // the proxy has gone
        } catch (Throwable e) {
            failures.add(e);
        } finally {
            open.decrementAndGet();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "origin");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

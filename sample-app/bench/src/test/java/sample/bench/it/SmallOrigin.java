package sample.bench.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An origin whose every answer is one write of a few bytes, so that it is one read, and one wake, for the proxy. */
final class SmallOrigin implements AutoCloseable {

    static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: small\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String BODY = "small answer";
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY).getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    SmallOrigin() throws IOException {
        daemon(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Sends {@link #REQUEST} and reads the whole answer. */
    static void exchange(Socket client) throws IOException {
        client.getOutputStream().write(REQUEST);
        String answer = readUntil(client.getInputStream(), BODY);
        if (!answer.startsWith("HTTP/1.1 200")) {
            throw new AssertionError("answer: " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private static void serve(Socket connection) {
        try (connection) {
            OutputStream out = connection.getOutputStream();
            while (!readUntil(connection.getInputStream(), "\r\n\r\n").isEmpty()) {
                out.write(ANSWER);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What came, up to the end of {@code last}; empty at the end of the stream. */
    private static String readUntil(InputStream in, String last) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[1024];
        while (text.length() < last.length() || !text.substring(text.length() - last.length()).equals(last)) {
            int read = in.read(bytes);
            if (read < 0) {
                return "";
            }
            text.append(new String(Arrays.copyOf(bytes, read), StandardCharsets.US_ASCII));
        }
        return text.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "small-origin");
        thread.setDaemon(true);
        thread.start();
    }
}

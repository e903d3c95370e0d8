package sample.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client on a blocking socket, with TLS or without. */
final class TestClient implements AutoCloseable {
    final Socket socket;
    private final InputStream in;

    TestClient(InetSocketAddress address) throws IOException {
        this(address, new Socket());
    }

    /** @param alpn what the client offers to speak; none for not talking about it */
    static TestClient tls(InetSocketAddress address, String... alpn) throws IOException {
        SSLSocket socket = (SSLSocket) TestTls.TRUSTING.getSocketFactory().createSocket();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        return new TestClient(address, socket);
    }

    private TestClient(InetSocketAddress address, Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000); // so that a lost answer fails the test instead of hanging it
        socket.setTcpNoDelay(true);
        socket.connect(address);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    TestClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    TestClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    HttpMessage read() throws IOException {
        return HttpMessage.read(in);
    }

    /** What is not read yet. */
    InputStream in() {
        return in;
    }

    HttpMessage readHeadOnly() throws IOException {
        return HttpMessage.read(in, false);
    }

    HttpMessage get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n").read();
    }

    /** Whether the proxy has closed in good order, after everything that was read. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

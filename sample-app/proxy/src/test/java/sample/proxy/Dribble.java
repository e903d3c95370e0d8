package sample.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on, both ways, a few at a time; and may cut the wire, of which TLS learns nothing. */
final class Dribble implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final InetSocketAddress to;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream back = new ByteArrayOutputStream();

    Dribble(InetSocketAddress to) throws IOException {
        this.to = to;
        daemon(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        try {
            while (true) {
                Socket from = listener.accept();
                Socket on = new Socket();
                sockets.add(from);
                sockets.add(on);
                on.setTcpNoDelay(true);
                from.setTcpNoDelay(true);
                on.connect(to);
                daemon(() -> copy(from, on, OutputStream.nullOutputStream()));
                daemon(() -> copy(on, from, back));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void copy(Socket from, Socket on, OutputStream record) {
        byte[] piece = new byte[7];
        try (from; on) {
            InputStream in = from.getInputStream();
            OutputStream out = on.getOutputStream();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                record.write(piece, 0, n);
                out.write(piece, 0, n);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "dribble");
        thread.setDaemon(true);
        thread.start();
    }

    /** What has come back so far, of all connections. */
    byte[] cameBack() {
        return back.toByteArray();
    }

    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}

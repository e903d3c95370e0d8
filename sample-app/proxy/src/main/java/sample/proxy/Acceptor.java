package sample.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The thread that accepts clients and deals them out to the loops in turn, so that all have the same number. */
final class Acceptor implements Runnable {
    private static final int BACKLOG = 1024;
    private static final long PAUSE_AFTER_FAILURE = 50;

    private final ServerSocketChannel listener;
    private final EventLoop[] loops;
    private final Thread thread = new Thread(this, "acceptor");

    Acceptor(InetSocketAddress address, EventLoop[] loops) throws IOException {
        this.loops = loops;
        this.listener = ServerSocketChannel.open();
        try {
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        int next = 0;
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                EventLoop loop = loops[next];
                next = (next + 1) % loops.length;
                loop.execute(() -> FrontConnection.accept(loop, channel));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                pause();
            }
        }
    }

    /** Most likely there are no descriptors left: trying again at once would only burn the core that could free some. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the listener; when this returns, no loop gets a client any more. */
    void stop() throws IOException, InterruptedException {
        listener.close();
        thread.join();
    }
}

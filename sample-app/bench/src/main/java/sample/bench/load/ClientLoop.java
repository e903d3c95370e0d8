package sample.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** One thread, one selector, its share of the client connections. Everything below belongs to the thread that calls it. */
final class ClientLoop implements Callable<LoadResult> {

    private static final long SELECT_MILLIS = 1_000;

    private final InetSocketAddress proxy;
    private final boolean closing;
    private final Supplier<Exchange> work;
    private final Selector selector = Selector.open();
    /** Requests that wait for a connection of their own. A queue, because a refused connect asks for the next at once. */
    private final Queue<Exchange> opening = new ArrayDeque<>();
    /** One for all connections: it is empty again before the next one reads. */
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
    private LoadResult result = LoadResult.NONE;

    /** {@code work} gives the next request, or null when all are given out; other loops draw from it too. */
    ClientLoop(InetSocketAddress proxy, int connections, boolean closing, Supplier<Exchange> work) throws IOException {
        this.proxy = proxy;
        this.closing = closing;
        this.work = work;
        for (int i = 0; i < connections; i++) {
            openForNext();
        }
    }

    @Override
    public LoadResult call() throws IOException {
        try (selector) {
            while (connectAll()) {
                selector.select(key -> connection(key).ready(), SELECT_MILLIS);
                long now = System.nanoTime();
                List.copyOf(selector.keys()).stream().filter(SelectionKey::isValid).forEach(key -> connection(key).checkTime(now));
            }
        }
        return result;
    }

    /** False when no request is in flight any more. */
    private boolean connectAll() throws IOException {
        for (Exchange first = opening.poll(); first != null; first = opening.poll()) {
            try {
                new ClientConnection(this, proxy, first);
            } catch (IOException refused) {
                lost("connect to the proxy at " + proxy + ": " + refused);
            }
        }
        return selector.keys().stream().anyMatch(SelectionKey::isValid);
    }

    private static ClientConnection connection(SelectionKey key) {
        return (ClientConnection) key.attachment();
    }

    /** Whether each connection is for one request only. */
    boolean closesAlways() {
        return closing;
    }

    Selector selector() {
        return selector;
    }

    /** Empty, ready to be filled. */
    ByteBuffer input() {
        return input.clear();
    }

    /** A complete answer; error and mismatch are null if it is right. Returns the connection's next request, or null. */
    Exchange answered(String error, String mismatch) {
        count(error, error == null ? mismatch : null);
        return work.get();
    }

    /** The request got no complete answer and its connection is closed; another connection goes on with the work. */
    void lost(String why) {
        count(why, null);
        openForNext();
    }

    /** The connection ended in good order; this request goes out on a new one. */
    void open(Exchange next) {
        opening.add(next);
    }

    private void openForNext() {
        Exchange next = work.get();
        if (next != null) {
            opening.add(next);
        }
    }

    private void count(String error, String mismatch) {
        String complaint = error != null ? error : mismatch;
        List<String> complaints = complaint == null ? List.of() : List.of(complaint);
        result = result.plus(new LoadResult(1, error == null ? 0 : 1, mismatch == null ? 0 : 1, complaints));
    }
}

package sample.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.HttpParser;

/**
 * {@link LoadClient} over TLS: the same HTTP/1.1 requests, checked in the same way, on the JDK's blocking sockets, so that the proxy's TLS
 * is checked against other code than its own. A thread a connection; no hidden retry here either.
 *
 * @param proxy       where to send the requests
 * @param connections client connections; at least 1
 * @param trust       whose certificates to trust
 */
public record TlsLoadClient(InetSocketAddress proxy, int connections, SSLContext trust) {

    private static final int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(30);

    /**
     * Sends the requests of one round and returns when the last answer is in.
     *
     * @param round    any number; equal rounds are equal work, byte for byte
     * @param requests how many to send in total
     * @throws IOException if the client itself cannot work; trouble with the proxy is counted, not thrown
     */
    public LoadResult run(int round, long requests) throws IOException, InterruptedException {
        var next = new AtomicLong();
        Supplier<Exchange> work = () -> {
            long position = next.getAndIncrement();
            return position < requests ? Exchange.at(round, position) : null;
        };
        Callable<LoadResult> client = () -> converse(work);
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        try {
            LoadResult sum = LoadResult.NONE;
            for (Future<LoadResult> one : pool.invokeAll(Collections.nCopies(connections, client))) {
                sum = sum.plus(one.get());
            }
            return sum;
        } catch (ExecutionException failed) {
            throw new IOException("the load client failed: " + failed.getCause(), failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Goes on over a new connection when one ends. */
    private LoadResult converse(Supplier<Exchange> work) {
        LoadResult result = LoadResult.NONE;
        Exchange exchange = work.get();
        while (exchange != null) {
            Answer answer = null;
            try (SSLSocket socket = connect()) {
                do {
                    answer = new Answer(exchange);
                    ask(socket, exchange, answer);
                    result = result.plus(judged(answer));
                    exchange = work.get();
                } while (exchange != null && !answer.closes());
            } catch (IOException lost) {
                if (answer == null || !answer.complete()) {
                    result = result.plus(new LoadResult(1, 1, 0, List.of(exchange.method() + " " + exchange.target() + ": " + lost)));
                    exchange = work.get();
                }
            }
        }
        return result;
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(proxy, PATIENCE_MILLIS);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private void ask(SSLSocket socket, Exchange exchange, Answer answer) throws IOException {
        new RequestWriter(exchange, proxy.getHostString() + ":" + proxy.getPort(), false).write(new StreamChannel(socket.getOutputStream()));
        var parser = new HttpParser(answer);
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[16 << 10];
        while (!answer.complete()) {
            int read = in.read(piece);
            ByteBuffer input = ByteBuffer.wrap(piece, 0, Math.max(0, read));
            if (read < 0) {
                parser.atEOF();
            }
            do {
                parser.parseNext(input);
            } while (input.hasRemaining() && !answer.complete() && answer.broken() == null);
            if (answer.broken() != null) {
                throw new IOException(answer.broken());
            }
            if (read < 0 && !answer.complete()) {
                throw new IOException("the proxy closed the connection before it answered");
            }
            if (input.hasRemaining()) {
                throw new IOException(input.remaining() + " bytes follow the answer, none were asked for");
            }
        }
    }

    private static LoadResult judged(Answer answer) {
        String error = answer.error();
        String mismatch = error == null ? answer.mismatch() : null;
        List<String> complaints = new ArrayList<>();
        if (error != null || mismatch != null) {
            complaints.add(error != null ? error : mismatch);
        }
        return new LoadResult(1, error == null ? 0 : 1, mismatch == null ? 0 : 1, complaints);
    }
}

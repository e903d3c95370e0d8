package sample.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Sends a fixed number of requests through a proxy and checks every answer. Many keep-alive connections, few threads, and no
 * hidden retry: a request whose connection is lost is an error, because a retry would hide exactly what is looked for.
 *
 * @param proxy       where to send the requests
 * @param connections client connections, all used all the time; at least 1
 * @param threads     event loops that the connections are dealt to; at least 1
 * @param closing     each request asks for {@code Connection: close}, and the next one opens a connection
 * @param bodies      how long the answers are
 */
public record LoadClient(InetSocketAddress proxy, int connections, int threads, boolean closing, Bodies bodies) {

    /** Bodies of all lengths. */
    public LoadClient(InetSocketAddress proxy, int connections, int threads, boolean closing) {
        this(proxy, connections, threads, closing, Bodies.MIXED);
    }

    /** Connections that are kept. */
    public LoadClient(InetSocketAddress proxy, int connections, int threads) {
        this(proxy, connections, threads, false);
    }

    /**
     * Sends the requests of one round and returns when the last answer is in.
     *
     * @param round    any number; equal rounds are equal work, byte for byte
     * @param requests how many to send in total
     * @throws IOException if the client itself cannot work (no selector); trouble with the proxy is counted, not thrown
     */
    public LoadResult run(int round, long requests) throws IOException, InterruptedException {
        var next = new AtomicLong();
        Supplier<Exchange> work = () -> {
            long position = next.getAndIncrement();
            return position < requests ? Exchange.at(bodies, round, position) : null;
        };
        return sum(loops(work));
    }

    private List<Callable<LoadResult>> loops(Supplier<Exchange> work) throws IOException {
        List<Callable<LoadResult>> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int share = connections / threads + (i < connections % threads ? 1 : 0);
            loops.add(new ClientLoop(proxy, share, closing, work));
        }
        return loops;
    }

    private static LoadResult sum(List<Callable<LoadResult>> loops) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(loops.size());
        try {
            LoadResult sum = LoadResult.NONE;
            for (Future<LoadResult> loop : pool.invokeAll(loops)) {
                sum = sum.plus(loop.get());
            }
            return sum;
        } catch (ExecutionException failed) {
            throw new IOException("the load client failed: " + failed.getCause(), failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}

package sample.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * {@link LoadClient} over HTTP/2: the same requests, checked in the same way, on streams of a few connections. Jetty's client does the
 * protocol, so that the proxy's own is checked against another. No hidden retry here either.
 *
 * @param proxy       where to send the requests
 * @param connections client connections; at least 1
 * @param streams     requests in flight on each of them; at least 1
 * @param trust       whose certificates to trust; null to speak without TLS
 * @param bodies      how long the answers are
 */
public record H2LoadClient(InetSocketAddress proxy, int connections, int streams, SSLContext trust, Bodies bodies) {

    private static final long CONNECT_SECONDS = 30;
    private static final long RUN_SECONDS = 300;

    /** Bodies of all lengths. */
    public H2LoadClient(InetSocketAddress proxy, int connections, int streams, SSLContext trust) {
        this(proxy, connections, streams, trust, Bodies.MIXED);
    }

    /**
     * Sends the requests of one round and returns when the last answer is in.
     *
     * @param round    any number; equal rounds are equal work, byte for byte
     * @param requests how many to send in total
     * @throws IOException if the client itself cannot work or the run does not end; trouble with single requests is counted
     */
    public LoadResult run(int round, long requests) throws IOException, InterruptedException {
        var next = new AtomicLong();
        Supplier<Exchange> work = () -> {
            long position = next.getAndIncrement();
            return position < requests ? Exchange.at(bodies, round, position) : null;
        };
        var client = new HTTP2Client();
        SslContextFactory.Client tls = tls();
        try {
            if (tls != null) {
                client.addBean(tls);
            }
            client.start();
            return run(client, tls, work);
        } catch (IOException | InterruptedException | RuntimeException passedOn) {
            throw passedOn;
        } catch (Exception failed) {
            throw new IOException("the load client failed: " + failed, failed);
        } finally {
            stop(client);
        }
    }

    private LoadResult run(HTTP2Client client, SslContextFactory.Client tls, Supplier<Exchange> work) throws IOException, InterruptedException {
        var result = new AtomicReference<>(LoadResult.NONE);
        var done = new CountDownLatch(connections * streams);
        for (int i = 0; i < connections; i++) {
            Session session = connect(client, tls);
            for (int j = 0; j < streams; j++) {
                new H2Lane(session, proxy, work, one -> result.updateAndGet(sum -> sum.plus(one)), done::countDown).next();
            }
        }
        if (!done.await(RUN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("not all answers within " + RUN_SECONDS + " s; so far " + result.get());
        }
        return result.get();
    }

    private SslContextFactory.Client tls() {
        if (trust == null) {
            return null;
        }
        var tls = new SslContextFactory.Client();
        tls.setSslContext(trust);
        return tls;
    }

    private Session connect(HTTP2Client client, SslContextFactory.Client tls) throws IOException, InterruptedException {
        try {
            return client.connect(tls, proxy, new Session.Listener() { }).get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException refused) {
            throw new IOException("connect to the proxy at " + proxy + ": " + refused, refused);
        }
    }

    private static void stop(HTTP2Client client) throws IOException {
        try {
            client.stop();
        } catch (Exception failed) {
            throw new IOException("the load client does not stop: " + failed, failed);
        }
    }
}

package sample.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** The whole proxy: its loops, its acceptor and its admin port. */
final class Proxy {
    private final Settings settings;
    private final Server server;
    private final EventLoop[] loops;
    private final Acceptor acceptor;
    private final Admin admin;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private boolean stopped;

    Proxy(Settings settings) throws IOException {
        this(settings, IdleConns::new);
    }

    Proxy(Settings settings, EventLoop.IdleConnsFactory idleConns) throws IOException {
        this.settings = settings;
        this.server = new Server(settings);
        this.loops = new EventLoop[settings.loops()];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = new EventLoop(i, settings, server, loops, idleConns);
        }
        this.acceptor = new Acceptor(settings.listen(), loops);
        this.admin = new Admin(settings.admin(), this);
    }

    void start() {
        for (EventLoop loop : loops) {
            loop.start();
        }
        acceptor.start();
        admin.start();
    }

    InetSocketAddress address() throws IOException {
        return acceptor.address();
    }

    InetSocketAddress adminAddress() {
        return admin.address();
    }

    /** The sums as of now; exact if nothing is under way. Any thread that is no loop's. */
    CounterReport counters() throws InterruptedException {
        return CounterReport.of(settings, loops);
    }

    /** Takes the server out of service, for requests in flight to finish and idle connections to be closed; or back. Any thread. */
    void maintenance(boolean on) {
        server.pool.maintenance(on);
        if (on) {
            for (EventLoop loop : loops) {
                loop.closeIdle();
            }
        }
    }

    /** Requests in flight to the origin, if they are bounded. */
    int slotsTaken() {
        return server.slots.taken();
    }

    EventLoop[] loops() {
        return loops;
    }

    /** Has {@link #awaitStopRequest} return. Any thread. */
    void requestStop() {
        stopRequested.countDown();
    }

    void awaitStopRequest() throws InterruptedException {
        stopRequested.await();
    }

    /**
     * Accepts no more, lets requests in flight finish for {@link Settings#STOP_GRACE} ms at most, closes everything and joins the
     * loops. A second call waits for the first. Any thread that is no loop's.
     */
    synchronized void stop() throws IOException, InterruptedException {
        if (!stopped) {
            stopped = true;
            acceptor.stop();
            for (EventLoop loop : loops) {
                loop.stop(Settings.STOP_GRACE);
            }
            for (EventLoop loop : loops) {
                loop.join();
            }
            admin.stop();
        }
    }
}

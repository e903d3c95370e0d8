package sample.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A proxy in this JVM, on ports of its own. */
final class TestProxy implements AutoCloseable {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final Proxy proxy;

    private TestProxy(Settings settings, EventLoop.IdleConnsFactory idleConns) throws Exception {
        proxy = new Proxy(settings, idleConns);
        proxy.start();
    }

    static Builder to(TestOrigin origin) {
        return new Builder(origin.address());
    }

    static Builder to(InetSocketAddress origin) {
        return new Builder(origin);
    }

    static final class Builder {
        private final InetSocketAddress origin;
        private Protocol protocol = Protocol.H1;
        private TlsSettings tls = TlsSettings.NONE;
        private int loops = 1;
        private LockKind lock = LockKind.REENTRANT;
        private Reuse reuse = Reuse.ALWAYS;
        private PoolSettings pool = PoolSettings.DEFAULT;
        private int maxconn;
        private boolean wakeInsideLock;
        private long connectMillis = 15_000;
        private long serverMillis = 15_000;
        private long clientMillis = 15_000;
        private EventLoop.IdleConnsFactory idleConns = IdleConns::new;

        private Builder(InetSocketAddress origin) {
            this.origin = origin;
        }

        /** What is spoken to the origin. */
        Builder protocol(Protocol protocol) {
            this.protocol = protocol;
            return this;
        }

        Builder tls(TlsSettings tls) {
            this.tls = tls;
            return this;
        }

        Builder loops(int loops) {
            this.loops = loops;
            return this;
        }

        Builder lock(LockKind lock) {
            this.lock = lock;
            return this;
        }

        Builder reuse(Reuse reuse) {
            this.reuse = reuse;
            return this;
        }

        Builder pool(int most, int low, long purgeMillis, boolean shared) {
            this.pool = new PoolSettings(most, low, purgeMillis, shared);
            return this;
        }

        Builder maxconn(int maxconn) {
            this.maxconn = maxconn;
            return this;
        }

        Builder wakeInsideLock() {
            this.wakeInsideLock = true;
            return this;
        }

        Builder connectMillis(long millis) {
            this.connectMillis = millis;
            return this;
        }

        Builder serverMillis(long millis) {
            this.serverMillis = millis;
            return this;
        }

        Builder clientMillis(long millis) {
            this.clientMillis = millis;
            return this;
        }

        Builder idleConns(EventLoop.IdleConnsFactory idleConns) {
            this.idleConns = idleConns;
            return this;
        }

        TestProxy start() throws Exception {
            InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
            return new TestProxy(new Settings(any, any, origin, protocol, tls, loops, lock, reuse, pool, maxconn, wakeInsideLock, true, connectMillis,
                    serverMillis, clientMillis), idleConns);
        }
    }

    TestClient client() throws Exception {
        return new TestClient(proxy.address());
    }

    TestClient tlsClient(String... alpn) throws Exception {
        return TestClient.tls(proxy.address(), alpn);
    }

    long count(String counter) {
        try {
            return proxy.counters().get(counter);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the first loop's thread finds, between two of its turns. */
    <T> T onLoop(Callable<T> look) {
        CompletableFuture<T> found = new CompletableFuture<>();
        proxy.loops()[0].execute(() -> {
            try {
                found.complete(look.call());
            } catch (Exception e) {
                found.completeExceptionally(e);
            }
        });
        return found.join();
    }

    /** The first loop's only client. */
    FrontConnection onlyClient() {
        await("a client", () -> onLoop(() -> proxy.loops()[0].fronts.size() == 1));
        return onLoop(() -> proxy.loops()[0].fronts.iterator().next());
    }

    /** Waits for a counter to come to a value. */
    void await(String counter, long value) {
        await(counter + " = " + value, () -> count(counter) == value);
    }

    /** Looks again and again; fails when it has looked long enough. */
    static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("This did not come to be: " + what);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            proxy.stop();
            long failures = proxy.counters().get("loopFailures");
            if (failures != 0) { // whatever a test is about, no handler may have thrown
                throw new AssertionError(failures + " loop failures; the first is on the standard error stream.");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

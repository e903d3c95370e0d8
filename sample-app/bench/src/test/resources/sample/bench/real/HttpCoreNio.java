package sample.bench.real;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.http.nio.pool.AbstractNIOConnPool;
import org.apache.http.nio.reactor.ConnectingIOReactor;
import org.apache.http.nio.reactor.IOEventDispatch;
import org.apache.http.nio.reactor.IOReactorStatus;
import org.apache.http.nio.reactor.IOSession;
import org.apache.http.nio.reactor.SessionRequest;
import org.apache.http.nio.reactor.SessionRequestCallback;
import org.apache.http.pool.PoolEntry;

/** Leases and releases of AbstractNIOConnPool, with a reactor whose connects succeed at once. */
public final class HttpCoreNio {

    private HttpCoreNio() {
    }

    public static void main(String[] args) throws Exception {
        Pool pool = new Pool();
        Rounds.run(n -> {
            // No lease timeout (0): version 4.3.3 takes its number for milliseconds, whatever the unit, and then a minute is one of them.
            Entry entry = pool.lease("route" + n % 3, null, 1, 0, TimeUnit.MINUTES, null).get();
            pool.release(entry, n % 10 != 0);
            if (n % 100 == 0) {
                pool.closeIdle(1, TimeUnit.MINUTES);
                pool.getTotalStats();
            }
        });
        Counted.say(Rounds.ALL, Counted.of(Counted.field(pool, "lock")));
    }

    private static final class Pool extends AbstractNIOConnPool<String, Object, Entry> {

        Pool() {
            super(new Reactor(), (route, session) -> new Object(), Rounds.THREADS, Rounds.THREADS + 2);
        }

        @Override protected SocketAddress resolveRemoteAddress(String route) {
            return InetSocketAddress.createUnresolved(route, 80);
        }

        @Override protected SocketAddress resolveLocalAddress(String route) {
            return null;
        }

        @Override protected Entry createEntry(String route, Object connection) {
            return new Entry(route, connection);
        }
    }

    private static final class Entry extends PoolEntry<String, Object> {

        Entry(String route, Object connection) {
            super(null, route, connection);
        }

        @Override public void close() {
        }

        @Override public boolean isClosed() {
            return false;
        }
    }

    private static final class Reactor implements ConnectingIOReactor {

        @Override public SessionRequest connect(SocketAddress remote, SocketAddress local, Object attachment, SessionRequestCallback callback) {
            Request request = new Request(remote, attachment);
            // Not on the thread that leases, as with a real reactor: the pool remembers the request after this returns.
            Thread connects = new Thread(() -> callback.completed(request));
            connects.setDaemon(true);
            connects.start();
            return request;
        }

        @Override public IOReactorStatus getStatus() {
            return IOReactorStatus.ACTIVE;
        }

        @Override public void execute(IOEventDispatch dispatch) {
        }

        @Override public void shutdown(long waitMs) {
        }

        @Override public void shutdown() {
        }
    }

    /** Equals itself only: the pool keeps requests as keys. */
    private static final class Request implements SessionRequest {

        private final SocketAddress remote;
        private final Object attachment;

        Request(SocketAddress remote, Object attachment) {
            this.remote = remote;
            this.attachment = attachment;
        }

        @Override public SocketAddress getRemoteAddress() {
            return remote;
        }

        @Override public SocketAddress getLocalAddress() {
            return null;
        }

        @Override public Object getAttachment() {
            return attachment;
        }

        @Override public boolean isCompleted() {
            return true;
        }

        @Override public IOSession getSession() {
            return Nothing.of(IOSession.class);
        }

        @Override public IOException getException() {
            return null;
        }

        @Override public void waitFor() {
        }

        @Override public void setConnectTimeout(int timeout) {
        }

        @Override public int getConnectTimeout() {
            return 0;
        }

        @Override public void cancel() {
        }
    }
}

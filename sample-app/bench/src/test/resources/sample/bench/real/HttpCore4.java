package sample.bench.real;

import java.util.concurrent.TimeUnit;
import org.apache.http.pool.AbstractConnPool;
import org.apache.http.pool.PoolEntry;

/** Leases and releases of AbstractConnPool. */
public final class HttpCore4 {

    private HttpCore4() {
    }

    public static void main(String[] args) throws Exception {
        Pool pool = new Pool();
        Rounds.run(n -> {
            Entry entry = pool.lease("route" + n % 3, null).get();
            pool.release(entry, n % 10 != 0);
            if (n % 100 == 0) {
                pool.closeIdle(1, TimeUnit.MINUTES);
                pool.getTotalStats();
            }
        });
        Counted.say(Rounds.ALL, Counted.of(Counted.field(pool, "lock")));
    }

    private static final class Pool extends AbstractConnPool<String, Object, Entry> {

        Pool() {
            super(route -> new Object(), 4, 6);
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
}

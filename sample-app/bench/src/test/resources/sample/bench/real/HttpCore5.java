package sample.bench.real;

import java.util.concurrent.Future;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.StrictConnPool;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Leases and releases of StrictConnPool. */
public final class HttpCore5 {

    private HttpCore5() {
    }

    public static void main(String[] args) throws Exception {
        StrictConnPool<String, Connection> pool = new StrictConnPool<>(4, 6);
        Rounds.run(n -> {
            Future<PoolEntry<String, Connection>> lease = pool.lease("route" + n % 3, null, Timeout.ofMinutes(1), null);
            PoolEntry<String, Connection> entry = lease.get();
            if (!entry.hasConnection()) {
                entry.assignConnection(new Connection());
            }
            pool.release(entry, n % 10 != 0);
            if (n % 100 == 0) {
                pool.closeIdle(TimeValue.ofMinutes(1));
                pool.getTotalStats();
            }
        });
        Counted.say(Rounds.ALL, Counted.of(Counted.field(pool, "lock")));
    }

    private static final class Connection implements ModalCloseable {
        @Override public void close(CloseMode mode) {
        }

        @Override public void close() {
        }
    }
}

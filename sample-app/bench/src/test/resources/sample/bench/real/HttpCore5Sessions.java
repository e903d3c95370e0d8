package sample.bench.real;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.AbstractIOSessionPool;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Leases of AbstractIOSessionPool; a session breaks now and then. */
public final class HttpCore5Sessions {

    private HttpCore5Sessions() {
    }

    public static void main(String[] args) throws Exception {
        AbstractIOSessionPool<String> pool = new Pool();
        Rounds.run(n -> {
            pool.getSession("endpoint" + n % 3, Timeout.ofMinutes(1), null).get();
            if (n % 100 == 0) {
                pool.closeIdle(TimeValue.ofMinutes(1));
                pool.getRoutes();
            }
        });
        pool.close(CloseMode.IMMEDIATE);
        Counted.say(Rounds.ALL, Counted.ofAll());
    }

    private static final class Pool extends AbstractIOSessionPool<String> {

        @Override protected Future<IOSession> connectSession(String endpoint, Timeout timeout, FutureCallback<IOSession> callback) {
            IOSession session = Nothing.of(IOSession.class);
            callback.completed(session);
            return CompletableFuture.completedFuture(session);
        }

        @Override protected void validateSession(IOSession session, Callback<Boolean> callback) {
            callback.execute(System.identityHashCode(session) % 7 != 0);
        }

        @Override protected void closeSession(IOSession session, CloseMode mode) {
        }
    }
}

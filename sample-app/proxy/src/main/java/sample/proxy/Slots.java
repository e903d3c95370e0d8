package sample.proxy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the requests in flight to the origin (HAProxy: a server's {@code maxconn}). Who finds no free slot waits in a queue, first
 * in, first out, and a slot that becomes free goes to its head, on whatever loop that is. Any thread; without a lock, so that the
 * takeover locks are the only ones that requests meet.
 */
final class Slots {
    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Exchange> waiting = new ConcurrentLinkedQueue<>();

    /** @param limit 0 for none */
    Slots(int limit) {
        this.limit = limit;
    }

    /** True if a slot was free; otherwise the exchange is queued, and will be {@link Exchange#granted granted} one in its turn. */
    boolean acquire(Exchange exchange) {
        if (limit == 0 || waiting.isEmpty() && take()) {
            return true;
        }
        waiting.add(exchange);
        grantFree(); // one may have become free between the look and the add, and nobody would tell
        return false;
    }

    void release() {
        if (limit == 0) {
            return;
        }
        Exchange next = waiting.poll();
        if (next != null) {
            next.granted();
        } else {
            taken.decrementAndGet();
            grantFree();
        }
    }

    boolean areLimited() {
        return limit > 0;
    }

    private void grantFree() {
        while (!waiting.isEmpty() && take()) {
            Exchange next = waiting.poll();
            if (next != null) {
                next.granted();
            } else {
                taken.decrementAndGet(); // another thread was faster; look again, for it may have left one behind
            }
        }
    }

    private boolean take() {
        int now = taken.get();
        while (now < limit) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    int taken() {
        return taken.get();
    }
}

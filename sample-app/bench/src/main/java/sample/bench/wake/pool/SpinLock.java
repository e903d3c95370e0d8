package sample.bench.wake.pool;

import java.util.concurrent.atomic.AtomicBoolean;

/** Test and test-and-set; a waiter yields now and then, because the holder may be off its core. */
final class SpinLock {
    private static final int SPINS_BEFORE_YIELD = 1024;

    private final AtomicBoolean held = new AtomicBoolean();

    void lock() {
        int spins = 0;
        while (!tryLock()) {
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    boolean tryLock() {
        return !held.get() && held.compareAndSet(false, true);
    }

    void unlock() {
        held.set(false);
    }
}

package sample.proxy;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A test-and-test-and-set lock like HAProxy's. Not reentrant: taking it twice on one thread hangs.
 *
 * <p>Made for showing what a spinning lock does. With more running loops than cores the holder may be off its core while others
 * spin, so a waiter yields now and then.
 */
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

    boolean isLocked() {
        return held.get();
    }
}

package sample.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** What the idle lists of all loops have in common: their count, its limits, and whether the server takes part at all. Any thread. */
final class IdlePool {
    private final PoolSettings settings;
    private final AtomicInteger idle = new AtomicInteger();
    private volatile boolean maintenance;

    IdlePool(PoolSettings settings) {
        this.settings = settings;
    }

    /** Counts one more, if one more may be. Called by the insert, under its list's lock. */
    boolean admit() {
        if (maintenance || settings.purgeMillis() == 0) {
            return false;
        }
        if (idle.incrementAndGet() > settings.most() && settings.most() >= 0) {
            idle.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts one less. Called by the unlink, under its list's lock. */
    void left() {
        idle.decrementAndGet();
    }

    /** Whether loops may look into each other's lists now. */
    boolean isShared() {
        return settings.shared() && idle.get() >= settings.low();
    }

    boolean isInMaintenance() {
        return maintenance;
    }

    void maintenance(boolean on) {
        maintenance = on;
    }
}

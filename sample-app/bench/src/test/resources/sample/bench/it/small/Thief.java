package small;

import java.util.concurrent.locks.LockSupport;

/** A loop that takes idle connections of another; now and then it sleeps while it holds the lock, so that others wait. */
final class Thief {
    private static final long NAP_NANOS = 200_000;

    private final Loop loop;

    Thief(Loop loop) {
        this.loop = loop;
    }

    Connection steal(Loop victim, boolean sleepy) {
        if (victim.idle.usesMonitor) {
            synchronized (victim.idle.monitor) {
                return newestOf(victim, sleepy);
            }
        }
        if (!victim.idle.reentrant.tryLock()) {
            return null;
        }
        try {
            return newestOf(victim, sleepy);
        } finally {
            victim.idle.reentrant.unlock();
        }
    }

    private Connection newestOf(Loop victim, boolean sleepy) {
        if (sleepy) {
            LockSupport.parkNanos(NAP_NANOS);
        }
        Connection found = victim.idle.newest;
        return found != null && victim.idle.takeover(found, loop) ? found : null;
    }
}

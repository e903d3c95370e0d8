package sample.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * A loop in search of a connection in the idle lists of the others. It holds no lock of its own meanwhile, and does not wait for
 * theirs either: what is busy is passed over, except that a monitor cannot be tried (HAProxy b1adf03df, 9b9f8477f).
 */
final class Thief {
    /** Looks at no more connections than this in one hold of a lock: each costs a system call. */
    private static final int MAX_PROBES = 8;

    private final EventLoop loop;
    private final EventLoop[] loops;
    private final boolean wakeInsideLock;
    private final ByteBuffer probe = ByteBuffer.allocateDirect(1);
    private final ArrayDeque<Handle> postponed = new ArrayDeque<>();
    private int start;
    private int probes;

    Thief(EventLoop loop, EventLoop[] loops, boolean wakeInsideLock) {
        this.loop = loop;
        this.loops = loops;
        this.wakeInsideLock = wakeInsideLock;
    }

    /**
     * A connection from the first of the other loops that has one to give, now this loop's; null if there is none.
     *
     * @param safeOnly only one that has served more than one exchange
     */
    BackConnection steal(boolean safeOnly) {
        start = (start + 1) % loops.length; // otherwise the first loop would be everybody's victim
        for (int i = 0; i < loops.length; i++) {
            EventLoop victim = loops[(start + i) % loops.length];
            if (victim == loop || victim.idle.size(safeOnly) == 0) {
                continue;
            }
            BackConnection stolen = stealFrom(victim.idle, safeOnly);
            wakePostponed();
            if (stolen != null) {
                return stolen;
            }
        }
        return null;
    }

    private BackConnection stealFrom(IdleConns victim, boolean safeOnly) {
        switch (victim.kind) {
            case REENTRANT -> {
                if (!victim.reentrant.tryLock()) {
                    loop.counters.tryLockLost();
                    return null;
                }
                try {
                    return stealLocked(victim, safeOnly);
                } finally {
                    victim.reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (victim.monitor) {
                    return stealLocked(victim, safeOnly);
                }
            }
            default -> {
                if (!victim.spin.tryLock()) {
                    loop.counters.tryLockLost();
                    return null;
                }
                try {
                    return stealLocked(victim, safeOnly);
                } finally {
                    victim.spin.unlock();
                }
            }
        }
    }

    private BackConnection stealLocked(IdleConns victim, boolean safeOnly) {
        loop.counters.tryLockWon();
        probes = 0;
        BackConnection stolen = safeOnly ? null : takeFrom(victim, victim.idle);
        if (stolen == null) {
            stolen = takeFrom(victim, victim.safe);
        }
        if (stolen == null) {
            loop.counters.nothingTaken(probes > 0);
        }
        return stolen;
    }

    private BackConnection takeFrom(IdleConns victim, Ring ring) {
        for (BackConnection candidate = ring.newest; candidate != null && probes < MAX_PROBES;) {
            BackConnection next = candidate.next == ring.newest ? null : candidate.next; // before it is unlinked
            if (!candidate.doomed && takes(victim, candidate)) {
                return candidate;
            }
            candidate = next;
        }
        return null;
    }

    private boolean takes(IdleConns victim, BackConnection candidate) {
        probes++;
        Tasklet old = candidate.tasklet;
        TlsTasklet oldTls = candidate.tls == null ? null : candidate.tls.tasklet;
        boolean taken = candidate.isQuiet(probe) && victim.takeover(candidate, loop);
        candidate.doomed = !taken; // its owner has to look at it first: it is not quiet, or could not be moved
        wakeOwner(old);
        if (taken) {
            loop.counters.takenOver();
            if (oldTls != null) {
                wakeOwner(oldTls);
            }
        }
        return taken;
    }

    /**
     * The old owner has to run the old tasklets: only it can drop the old key, without which the descriptor would leak. Waking a
     * sleeping selector takes far longer than all the rest, so by default it waits until the lock is free; HAProxy does it inside.
     */
    private void wakeOwner(Handle old) {
        if (wakeInsideLock) {
            old.loop.wakeFromOutside(old);
        } else {
            postponed.add(old);
        }
    }

    private void wakePostponed() {
        for (Handle old = postponed.poll(); old != null; old = postponed.poll()) {
            old.loop.wakeFromOutside(old);
        }
    }
}

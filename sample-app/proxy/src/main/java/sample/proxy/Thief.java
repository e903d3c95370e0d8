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
    private final ArrayDeque<Tasklet> postponed = new ArrayDeque<>();
    private int start;

    Thief(EventLoop loop, EventLoop[] loops, boolean wakeInsideLock) {
        this.loop = loop;
        this.loops = loops;
        this.wakeInsideLock = wakeInsideLock;
    }

    /** A connection from the first of the other loops that has one to give, now this loop's; null if there is none. */
    BackConnection steal() {
        start = (start + 1) % loops.length; // otherwise the first loop would be everybody's victim
        for (int i = 0; i < loops.length; i++) {
            EventLoop victim = loops[(start + i) % loops.length];
            if (victim == loop || victim.idle.size() == 0) {
                continue;
            }
            BackConnection stolen = stealFrom(victim.idle);
            wakePostponed();
            if (stolen != null) {
                return stolen;
            }
        }
        return null;
    }

    private BackConnection stealFrom(IdleConns victim) {
        switch (victim.kind) {
            case REENTRANT -> {
                if (!victim.reentrant.tryLock()) {
                    loop.counters.tryLockLost();
                    return null;
                }
                try {
                    return stealLocked(victim);
                } finally {
                    victim.reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (victim.monitor) {
                    return stealLocked(victim);
                }
            }
            default -> {
                if (!victim.spin.tryLock()) {
                    loop.counters.tryLockLost();
                    return null;
                }
                try {
                    return stealLocked(victim);
                } finally {
                    victim.spin.unlock();
                }
            }
        }
    }

    private BackConnection stealLocked(IdleConns victim) {
        loop.counters.tryLockWon();
        boolean probed = false;
        BackConnection candidate = victim.newest;
        for (int left = Math.min(victim.size(), MAX_PROBES); left > 0; left--, candidate = candidate.next) {
            if (candidate.doomed) {
                continue;
            }
            probed = true;
            Tasklet old = candidate.tasklet;
            boolean taken = candidate.isQuiet(probe) && victim.takeover(candidate, loop);
            // What the probe has read is lost to the connection: its owner is to close it, and nobody may use it again.
            candidate.doomed = !taken;
            wakeOwner(old);
            if (taken) {
                loop.counters.takenOver();
                return candidate;
            }
        }
        loop.counters.nothingTaken(probed);
        return null;
    }

    /**
     * The old owner has to run the old tasklet: only it can drop the old key, without which the descriptor would leak. Waking a
     * sleeping selector takes far longer than all the rest, so by default it waits until the lock is free; HAProxy does it inside.
     */
    private void wakeOwner(Tasklet old) {
        if (wakeInsideLock) {
            old.loop.wakeFromOutside(old);
        } else {
            postponed.add(old);
        }
    }

    private void wakePostponed() {
        for (Tasklet old = postponed.poll(); old != null; old = postponed.poll()) {
            old.loop.wakeFromOutside(old);
        }
    }
}

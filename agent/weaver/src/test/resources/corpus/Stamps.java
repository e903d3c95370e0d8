package corpus;

import java.util.concurrent.locks.StampedLock;

/** {@code StampedLock}. */
final class Stamps extends Base {
    final StampedLock lock = new StampedLock();
    long kept;

    @Bypassed("{ kind: stamped, field: Stamps.lock }")
    int writes(Handle h, int x) {
        long stamp = lock.writeLock();
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
        return check(x);
    }

    @Bypassed("{ kind: stamped, field: Stamps.lock }")
    int reads(Handle h, int x) {
        boolean listed;
        long stamp = lock.readLock();
        try {
            listed = h.context.isListed();
        } finally {
            lock.unlockRead(stamp);
        }
        return listed ? drop(h.context) : check(x);
    }

    @Bypassed("{ kind: stamped, field: Stamps.lock }")
    int unlocksEither(Handle h, int x) {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            long stamp = lock.readLock();
            try {
                sum += h.context.isListed() ? check(x) : i;
            } finally {
                lock.unlock(stamp);
            }
        }
        return sum;
    }

    @Bypassed("{ kind: stamped, field: Stamps.lock }")
    int view(Handle h, int x) {
        lock.asReadLock().lock();
        try {
            if (h.context.isListed()) {
                return 5;
            }
        } finally {
            lock.asReadLock().unlock();
        }
        return check(x);
    }

    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a use of what taking lock")
    int leaks(Handle h, int x) {
        long stamp = lock.writeLock();
        try {
            kept = stamp;
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** The stamp goes on as one of two values. */
    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a use of what taking lock")
    int leaksMerged(Handle h, int x) {
        long seen = 0;
        long stamp = lock.writeLock();
        boolean listed;
        try {
            if (x > 4) {
                seen = stamp;
            }
            listed = h.context.isListed();
        } finally {
            lock.unlockWrite(stamp);
        }
        kept = seen;
        return listed ? drop(h.context) : x;
    }

    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a release with something else than what the acquisition yielded")
    int otherStamp(Handle h, int x) {
        long stamp = lock.writeLock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlockWrite(x > 100 ? kept : stamp);
        }
    }

    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a release of the write lock where the read lock was taken")
    int mixed(Handle h, int x) {
        long stamp = lock.readLock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a use of lock")
    int optimistic(Handle h, int x) {
        long stamp = lock.tryOptimisticRead();
        boolean listed = h.context.isListed();
        if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            try {
                listed = h.context.isListed();
            } finally {
                lock.unlockRead(stamp);
            }
        }
        return listed ? drop(h.context) : x;
    }

    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a use of lock")
    int converts(Handle h, int x) {
        long stamp = lock.readLock();
        try {
            long upgraded = lock.tryConvertToWriteLock(stamp);
            if (upgraded != 0) {
                stamp = upgraded;
            }
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlock(stamp);
        }
    }

    @Refused(lock = "{ kind: stamped, field: Stamps.lock }", found = "a use of lock")
    int attempts(Handle h, int x) {
        long stamp = lock.tryWriteLock();
        if (stamp == 0) {
            return -1;
        }
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    @Observed("{ kind: stamped, field: Stamps.lock }")
    int observedStamp(Handle h, int x) throws InterruptedException {
        long stamp = lock.writeLockInterruptibly();
        try {
            return check(took(x));
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    @Override String state() {
        return "" + lock.getReadLockCount() + lock.isWriteLocked() + lock.isReadLocked();
    }
}

package corpus;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** A lock of somebody else's. */
final class Foreign implements Lock {
    final ReentrantLock inner = new ReentrantLock();

    public void lock() {
        inner.lock();
    }

    public void lockInterruptibly() throws InterruptedException {
        inner.lockInterruptibly();
    }

    public boolean tryLock() {
        return inner.tryLock();
    }

    public boolean tryLock(long time, java.util.concurrent.TimeUnit unit) throws InterruptedException {
        return inner.tryLock(time, unit);
    }

    public void unlock() {
        inner.unlock();
    }

    public Condition newCondition() {
        return inner.newCondition();
    }
}

/** Fields of type {@code Lock}, and read-write locks. */
final class ReadWrites extends Base {
    final ReentrantReadWriteLock rw = new ReentrantReadWriteLock();
    final ReadWriteLock declared = new ReentrantReadWriteLock();
    final StampedLock stamped = new StampedLock();
    final Lock plain = new ReentrantLock();
    final Lock read = rw.readLock();
    final Lock write = rw.writeLock();
    final Lock stampedWrite = stamped.asWriteLock();
    final Lock foreign = new Foreign();

    @Bypassed("{ kind: lock, field: ReadWrites.plain }")
    int plainLock(Handle h, int x) {
        plain.lock();
        try {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        } finally {
            plain.unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: lock, field: ReadWrites.read }")
    int readField(Handle h, int x) {
        boolean listed;
        read.lock();
        try {
            listed = h.context.isListed();
        } finally {
            read.unlock();
        }
        return listed ? drop(h.context) : check(x);
    }

    @Bypassed("{ kind: lock, field: ReadWrites.write }")
    int writeField(Handle h, int x) {
        write.lock();
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            write.unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: lock, field: ReadWrites.stampedWrite }")
    int stampedField(Handle h, int x) {
        if (!stampedWrite.tryLock()) {
            return -1;
        }
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            stampedWrite.unlock();
        }
        return check(x);
    }

    @Refused(lock = "{ kind: lock, field: ReadWrites.foreign }", found = "a write of this.foreign = a new corpus.Foreign")
    int foreignLock(Handle h, int x) {
        foreign.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            foreign.unlock();
        }
    }

    @Observed("{ kind: lock, field: ReadWrites.foreign }")
    int observedForeign(Handle h, int x) {
        foreign.lock();
        try {
            return check(took(x));
        } finally {
            foreign.unlock();
        }
    }

    @Bypassed("{ kind: read-write, field: ReadWrites.rw }")
    int reads(Handle h, int x) {
        boolean listed;
        rw.readLock().lock();
        try {
            listed = h.context.isListed();
        } finally {
            rw.readLock().unlock();
        }
        return listed ? drop(h.context) : check(x);
    }

    @Bypassed("{ kind: read-write, field: ReadWrites.rw }")
    int writes(Handle h, int x) {
        rw.writeLock().lock();
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            rw.writeLock().unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: read-write, field: ReadWrites.declared }")
    int readsByAlias(Handle h, int x) {
        Lock mine = declared.readLock();
        mine.lock();
        try {
            if (h.context.isListed()) {
                return 5;
            }
        } finally {
            mine.unlock();
        }
        return check(x);
    }

    @Refused(lock = "{ kind: read-write, field: ReadWrites.rw }", found = "a release of the write lock where the read lock was taken")
    int mixed(Handle h, int x) {
        rw.readLock().lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            rw.writeLock().unlock();
        }
    }

    @Refused(lock = "{ kind: read-write, field: ReadWrites.rw }", found = "the lock taken while it is already held")
    int downgrade(Handle h, int x) {
        rw.writeLock().lock();
        try {
            x += h.context.isListed() ? drop(h.context) : 0;
            rw.readLock().lock();
        } finally {
            rw.writeLock().unlock();
        }
        try {
            return x;
        } finally {
            rw.readLock().unlock();
        }
    }

    @Refused(lock = "{ kind: read-write, field: ReadWrites.rw }", found = "a lock operation on one of several objects")
    int oneOfTwo(Handle h, int x) {
        Lock mine = x > 4 ? rw.readLock() : rw.writeLock();
        mine.lock();
        try {
            return h.context.isListed() ? 5 : x;
        } finally {
            mine.unlock();
        }
    }

    @Observed("{ kind: read-write, field: ReadWrites.rw }")
    int observedRead(Handle h, int x) throws InterruptedException {
        rw.readLock().lockInterruptibly();
        try {
            return check(took(x));
        } finally {
            rw.readLock().unlock();
        }
    }

    @Override String state() {
        return "" + rw.getReadLockCount() + rw.getReadHoldCount() + rw.getWriteHoldCount() + ((ReentrantReadWriteLock) declared).getReadLockCount()
                + stamped.isReadLocked() + stamped.isWriteLocked() + ((ReentrantLock) plain).getHoldCount() + ((Foreign) foreign).inner.getHoldCount();
    }
}

package corpus;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Adds a method and leaves the lock what it is, as a pool of Apache's does. */
class Plain extends ReentrantLock {
    private static final long serialVersionUID = 1;

    boolean waited() {
        return hasQueuedThreads();
    }
}

/** Does more than to lock. */
class Counting extends ReentrantLock {
    private static final long serialVersionUID = 1;
    int count;

    @Override public void lock() {
        count++;
        super.lock();
    }
}

/** {@code ReentrantLock}, subclasses, and what can be done with it. */
class Reentrants extends Base {
    final ReentrantLock lock = new ReentrantLock();
    final ReentrantLock fair = new ReentrantLock(true);
    final ReentrantLock other = new ReentrantLock();
    final Plain plain = new Plain();
    final ReentrantLock counting = new Counting();
    final ReentrantLock given;
    final Condition ready = lock.newCondition();
    final ReentrantLock[] stripes = {new ReentrantLock(), new ReentrantLock()};
    public ReentrantLock open = new ReentrantLock();
    private static final ReentrantLock SHARED = new ReentrantLock();

    Reentrants() {
        this(new ReentrantLock());
    }

    Reentrants(ReentrantLock lock) {
        given = lock;
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.lock }")
    int tryFinally(Handle h, int x) {
        int r;
        lock.lock();
        try {
            r = h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlock();
        }
        return check(r);
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.fair }")
    int fairLock(Handle h, int x) {
        fair.lock();
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            fair.unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.SHARED }")
    int staticLock(Handle h, int x) {
        SHARED.lock();
        try {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        } finally {
            SHARED.unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.plain }")
    int subclass(Handle h, int x) {
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

    @Refused(lock = "{ kind: reentrant, field: Reentrants.counting }", found = "a write of this.counting = a new corpus.Counting")
    int overridden(Handle h, int x) {
        counting.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            counting.unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.given }", found = "a write of this.given = arg0")
    int fromOutside(Handle h, int x) {
        given.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            given.unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.open }", found = "a lock that any class may replace")
    int replaceable(Handle h, int x) {
        ReentrantLock mine = open;
        mine.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            mine.unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, element-of: Reentrants.stripes }", found = "a lock whose class is not known")
    int stripe(Handle h, int x) {
        ReentrantLock mine = stripes[x & 1];
        mine.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            mine.unlock();
        }
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.lock }")
    int attempt(Handle h, int x) {
        if (lock.tryLock()) {
            try {
                if (h.context.isListed()) {
                    return drop(h.context);
                }
            } finally {
                lock.unlock();
            }
            return check(x);
        }
        return -1;
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.lock }")
    int attemptOrElse(Handle h, int x) {
        boolean got = lock.tryLock();
        if (!got) {
            return -1;
        }
        try {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        } finally {
            lock.unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: reentrant, field: Reentrants.lock }")
    int attemptUntilTaken(Handle h, int x) {
        while (!lock.tryLock()) {
            Thread.onSpinWait();
        }
        try {
            if (h.context.isListed()) {
                return drop(h.context);
            }
        } finally {
            lock.unlock();
        }
        return check(x);
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "code that runs both in the region and outside")
    int attemptInTry(Handle h, int x) {
        boolean got = lock.tryLock();
        try {
            return got && h.context.isListed() ? drop(h.context) : x;
        } finally {
            if (got) {
                lock.unlock();
            }
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "a use of what taking lock")
    int attemptTold(Handle h, int x) {
        boolean got = lock.tryLock();
        if (got) {
            try {
                x += h.context.isListed() ? drop(h.context) : 0;
            } finally {
                lock.unlock();
            }
        }
        return got ? x : tell(got);
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "an interruptible use of")
    int interruptible(Handle h, int x) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "a timed use of")
    int timed(Handle h, int x) throws InterruptedException {
        if (!lock.tryLock(1, TimeUnit.SECONDS)) {
            return -1;
        }
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "a call of java.util.concurrent.locks.Condition.signal in the region")
    int condition(Handle h, int x) {
        lock.lock();
        try {
            ready.signal();
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "a use of lock")
    int heldByMe(Handle h, int x) {
        lock.lock();
        try {
            assert lock.isHeldByCurrentThread();
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what it never took, and keeps what it took. */
    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "a lock operation on one of several objects")
    int wrongOne(Handle h, int x) {
        lock.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            other.unlock();
        }
    }

    /** The lock under another name. */
    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "a lock operation on one of several objects")
    int byGetter(Handle h, int x) {
        lock.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            mine().unlock();
        }
    }

    @Refused(lock = "{ kind: reentrant, field: Reentrants.lock }", found = "an exception that may leave the method while the lock is held")
    int notInFinally(Handle h, int x) {
        lock.lock();
        int r = h.context.isListed() ? drop(h.context) : check(x);
        lock.unlock();
        return r;
    }

    @Observed("{ kind: reentrant, field: Reentrants.lock }")
    int observedInterruptible(Handle h, int x) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return check(took(x));
        } finally {
            lock.unlock();
        }
    }

    @Observed("{ kind: reentrant, field: Reentrants.lock }")
    int observedTimed(Handle h, int x) throws InterruptedException {
        if (lock.tryLock(1, TimeUnit.SECONDS)) {
            try {
                return check(took(x));
            } finally {
                lock.unlock();
            }
        }
        return -1;
    }

    @Observed("{ kind: reentrant, field: Reentrants.counting }")
    int observedOverridden(Handle h, int x) {
        counting.lock();
        try {
            return check(took(x)) + ((Counting) counting).count;
        } finally {
            counting.unlock();
        }
    }

    @Observed("{ kind: reentrant, element-of: Reentrants.stripes }")
    int observedStripe(Handle h, int x) {
        Lock mine = stripes[x & 1];
        mine.lock();
        try {
            return check(took(x));
        } finally {
            mine.unlock();
        }
    }

    private static int tell(boolean got) {
        return got ? 1 : 0;
    }

    private ReentrantLock mine() {
        return lock;
    }

    @Override String state() {
        return "" + lock.getHoldCount() + fair.getHoldCount() + other.getHoldCount() + plain.getHoldCount() + counting.getHoldCount()
                + given.getHoldCount() + open.getHoldCount() + SHARED.getHoldCount() + stripes[0].getHoldCount() + stripes[1].getHoldCount();
    }
}

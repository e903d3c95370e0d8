package corpus;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A lock class that may be extended, but is not where it is used. */
class Spin {
    private final AtomicBoolean held = new AtomicBoolean();

    void lock() {
        while (!tryLock()) {
            Thread.onSpinWait();
        }
    }

    boolean tryLock() {
        return held.compareAndSet(false, true);
    }

    void unlock() {
        held.set(false);
    }

    boolean held() {
        return held.get();
    }
}

/** For try-with-resources. */
final class Auto implements AutoCloseable {
    private final ReentrantLock inner = new ReentrantLock();

    Auto lock() {
        inner.lock();
        return this;
    }

    @Override public void close() {
        inner.unlock();
    }

    boolean mine() {
        return inner.isHeldByCurrentThread();
    }
}

/** Does more than to lock. */
final class Noisy {
    static int locked;
    private final ReentrantLock inner = new ReentrantLock();

    void lock() {
        inner.lock();
        locked++;
    }

    void unlock() {
        inner.unlock();
    }
}

/** Locks of the pool's own, and methods of the pool that lock it. */
class Owns extends Base {
    final Spin spin = new Spin();
    final Auto auto = new Auto();
    final Noisy noisy = new Noisy();
    private final ReentrantLock lock = new ReentrantLock();
    int entered;

    final void enter() {
        lock.lock();
    }

    final void leave() {
        lock.unlock();
    }

    final boolean attempt() {
        return lock.tryLock();
    }

    final void countAndEnter() {
        entered++;
        lock.lock();
    }

    final void enterIf() {
        if (removed < 100) {
            lock.lock();
        }
    }

    void open() {
        lock.lock();
    }

    @Bypassed("{ kind: own, field: Owns.spin, acquire: Spin#lock, release: Spin#unlock }")
    int spins(Handle h, int x) {
        spin.lock();
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            spin.unlock();
        }
        return check(x);
    }

    @Bypassed("{ kind: own, field: Owns.spin, acquire: Spin#lock, release: Spin#unlock, attempt: Spin#tryLock }")
    int spinsOnce(Handle h, int x) {
        if (!spin.tryLock()) {
            return -1;
        }
        boolean listed;
        try {
            listed = h.context.isListed();
        } finally {
            spin.unlock();
        }
        return listed ? drop(h.context) : check(x);
    }

    @Bypassed("{ kind: own, object: Owns, acquire: Owns#enter, release: Owns#leave, attempt: Owns#attempt }")
    int wrapper(Handle h, int x) {
        enter();
        try {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        } finally {
            leave();
        }
        return check(x);
    }

    @Bypassed("{ kind: own, object: Owns, acquire: Owns#enter, release: Owns#leave, attempt: Owns#attempt }")
    int wrapperAttempt(Handle h, int x) {
        if (attempt()) {
            try {
                if (h.context.isListed()) {
                    return drop(h.context);
                }
            } finally {
                leave();
            }
        }
        return check(x);
    }

    @Refused(lock = "{ kind: own, object: Owns, acquire: Owns#countAndEnter, release: Owns#leave }", found = "a write of corpus.Owns.entered")
    int wrapperCounts(Handle h, int x) {
        countAndEnter();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            leave();
        }
    }

    @Refused(lock = "{ kind: own, object: Owns, acquire: Owns#enterIf, release: Owns#leave }", found = "a condition")
    int wrapperSometimes(Handle h, int x) {
        enterIf();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            leave();
        }
    }

    /** May be overridden: each new pool is asked whether it is, and shuts the gate if so. */
    @Bypassed("{ kind: own, object: Owns, acquire: Owns#open, release: Owns#leave }")
    int wrapperOpen(Handle h, int x) {
        open();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            leave();
        }
    }

    @Refused(lock = "{ kind: own, field: Owns.noisy, acquire: Noisy#lock, release: Noisy#unlock }", found = "a write of corpus.Noisy.locked")
    int noisy(Handle h, int x) {
        noisy.lock();
        try {
            return h.context.isListed() ? drop(h.context) : x;
        } finally {
            noisy.unlock();
        }
    }

    @Bypassed("{ kind: own, field: Owns.auto, acquire: Auto#lock, release: Auto#close }")
    int resource(Handle h, int x) {
        try (Auto held = auto.lock()) {
            if (h.context.isListed()) {
                return drop(h.context) + check(x);
            }
        }
        return check(x);
    }

    @Bypassed("{ kind: own, object: Auto, acquire: Auto#lock, release: Auto#close }")
    int resourceInLoop(Handle h, int x) {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            try (Auto held = auto.lock()) {
                if (i == x) {
                    break;
                }
                sum += h.context.isListed() ? check(x) : 1;
            }
        }
        return sum;
    }

    @Refused(lock = "{ kind: own, field: Owns.auto, acquire: Auto#lock, release: Auto#close }", found = "a use of what taking lock")
    int resourceAsked(Handle h, int x) {
        try (Auto held = auto.lock()) {
            return !held.mine() ? -1 : h.context.isListed() ? drop(h.context) : x;
        }
    }

    @Refused(lock = "{ kind: own, field: Owns.auto, acquire: Auto#lock, release: Auto#close }", found = "a return while the lock is still held")
    int resourceKept(Handle h, int x) {
        Auto held = auto.lock();
        if (x < 100) {
            int r = h.context.isListed() ? 5 : x;
            if (x < 50) {
                held.close();
            }
            return r;
        }
        return 0;
    }

    @Observed("{ kind: own, object: Owns, acquire: Owns#enter, release: Owns#leave }")
    int observedWrapper(Handle h, int x) {
        enter();
        try {
            return check(took(x));
        } finally {
            leave();
        }
    }

    @Observed("{ kind: own, field: Owns.auto, acquire: Auto#lock, release: Auto#close }")
    int observedResource(Handle h, int x) {
        try (Auto held = auto.lock()) {
            return check(took(x));
        }
    }

    @Override String state() {
        return "" + spin.held() + auto.mine() + lock.getHoldCount();
    }
}

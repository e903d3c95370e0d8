package io.usr1.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Acquisitions in woven code. Each method does exactly what the application's own call did, and times it on the side.
 *
 * <p>The token that an acquisition returns lives in a local variable of the woven method, which only the holder of the
 * lock can reach, and is handed to {@link #released} after the unlock: recording while holding the lock would lengthen
 * what is being measured. Null means "nothing to write" and is the usual case.
 *
 * <p>Once the lock is held nothing here may throw, or the application would never release it: every call that could
 * is inside a try that catches everything, and a sink that throws is removed.
 */
public final class Locks {

    /** A monitor or a foreign lock cannot be asked whether it is free; a longer wait than this counts as contended. */
    static final long CONTENDED_NANOS = 10_000;

    private Locks() {
    }

    /** {@code lock.lock()} of exactly {@link ReentrantLock}; other classes take {@link #lock(Lock, Site)}. */
    public static Object lock(ReentrantLock lock, Site site) {
        if (lock.getClass() != ReentrantLock.class) {
            return lock((Lock) lock, site);
        }
        // tryLock() barges past the queue of a fair lock, so a fair lock is asked only whether it would have to wait.
        if (!lock.isFair()) {
            if (lock.tryLock()) {
                return atOnce(site, lock);
            }
        } else if (!lock.isLocked() || lock.isHeldByCurrentThread()) {
            lock.lock();
            return atOnce(site, lock);
        }
        Object token = waiting(site, lock);
        long start = System.nanoTime();
        lock.lock();
        return acquired(site, lock, token, true, System.nanoTime() - start);
    }

    /** {@code lock.lock()} of any {@link Lock}: it cannot be known what its {@code tryLock()} does, so it is not called. */
    public static Object lock(Lock lock, Site site) {
        if (lock != null && lock.getClass() == ReentrantLock.class) {
            return lock((ReentrantLock) lock, site);
        }
        long start = before(site);
        lock.lock();
        return entered(lock, start, site);
    }

    /**
     * {@code lock.lockInterruptibly()}. Not tried first: a thread that is interrupted must find out even if the lock is free.
     *
     * @throws InterruptedException as the lock does
     */
    public static Object lockInterruptibly(Lock lock, Site site) throws InterruptedException {
        if (lock != null && lock.getClass() == ReentrantLock.class) {
            ReentrantLock exact = (ReentrantLock) lock;
            boolean free = !exact.isLocked() || exact.isHeldByCurrentThread();
            Object token = free ? null : waiting(site, exact);
            long start = free ? 0 : System.nanoTime();
            exact.lockInterruptibly();
            return acquired(site, lock, token, !free, free ? 0 : System.nanoTime() - start);
        }
        long start = before(site);
        lock.lockInterruptibly();
        return entered(lock, start, site);
    }

    /**
     * {@code lock.tryLock(time, unit)}. A wait that got the lock is written while holding it.
     *
     * @throws InterruptedException as the lock does
     */
    public static boolean tryLock(Lock lock, long time, TimeUnit unit, Site site) throws InterruptedException {
        long start = before(site);
        boolean won = lock.tryLock(time, unit);
        if (won) {
            keepsHolding(entered(lock, start, site));
        } else {
            tried(false, lock, site);
        }
        return won;
    }

    /** {@code lock.tryLock()}. */
    public static boolean tryLock(Lock lock, Site site) {
        boolean won = lock.tryLock();
        tried(won, lock, site);
        return won;
    }

    /** After a try-lock of the pool's own lock class. */
    public static void tried(boolean won, Object lock, Site site) {
        try {
            if (won) {
                // The unlock cannot be paired with an attempt, so a token is handed back at once.
                keepsHolding(atOnce(site, lock));
            } else {
                site.failedTry();
            }
        } catch (Throwable fault) {
            Sinks.failed(Sinks.current(), fault);
        }
    }

    /** Before a monitor or a lock of the pool's own: the clock, or 0 while nobody listens. */
    public static long before(Site site) {
        return Sinks.listening() ? begun(site) : 0;
    }

    private static long begun(Site site) {
        Sink sink = Sinks.current();
        try {
            if (!site.gate().observing() || !sink.wantsContention()) {
                return 0;
            }
            long start = nonZero(System.nanoTime());
            sink.entering(start);
            return start;
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
            return 0;
        }
    }

    /** After it, holding it. {@code start} as {@link #before} gave it. */
    public static Object entered(Object lock, long start, Site site) {
        long waited = start == 0 ? 0 : System.nanoTime() - start;
        if (waited < CONTENDED_NANOS) {
            return atOnce(site, lock);
        }
        Object token = null;
        Sink sink = Sinks.current();
        try {
            token = sink.waited(site, lock, start, waited);
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
        }
        return acquired(site, lock, token, true, waited);
    }

    /** After the unlock. */
    public static void released(Object token) {
        if (token != null) {
            // Not shared with keepsHolding: each method here is one more frame on top of the application's in the event.
            Sink sink = Sinks.current();
            try {
                sink.commit(token, false);
            } catch (Throwable fault) {
                Sinks.failed(sink, fault);
            }
        }
    }

    /** Where the unlock is not woven: right after the acquisition, still holding the lock. */
    public static void keepsHolding(Object token) {
        if (token != null) {
            Sink sink = Sinks.current();
            try {
                sink.commit(token, true);
            } catch (Throwable fault) {
                Sinks.failed(sink, fault);
            }
        }
    }

    private static Object waiting(Site site, ReentrantLock lock) {
        Sink sink = Sinks.current();
        try {
            // Both questions walk or read what other threads are changing: asked only if someone wants the answer.
            return site.gate().observing() && sink.wantsContention()
                    ? sink.waiting(site, lock, Owners.of(lock), lock.getQueueLength()) : null;
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
            return null;
        }
    }

    /** Holding the lock, which was free. */
    private static Object atOnce(Site site, Object lock) {
        if (Sinks.listening()) {
            return acquired(site, lock, null, false, 0);
        }
        try {
            site.taken();
        } catch (Throwable fault) {
            Sinks.failed(Sinks.current(), fault);
        }
        return null;
    }

    /** Holding the lock. */
    private static Object acquired(Site site, Object lock, Object token, boolean contended, long nanos) {
        Sink sink = Sinks.current();
        try {
            site.taken();
            if (contended) {
                site.contended(nanos);
                if (token != null) {
                    sink.acquired(token, nanos);
                }
            }
            boolean observing = site.gate().observing();
            if (observing && sink.wantsContention()) {
                sink.holds(site, lock);
            }
            return observing && sink.wantsAcquisitions() ? sink.acquisition(token, site, lock, contended) : token;
        } catch (Throwable fault) {
            Sinks.failed(sink, fault);
            return null;
        }
    }

    private static long nonZero(long nanos) {
        return nanos == 0 ? 1 : nanos;
    }
}

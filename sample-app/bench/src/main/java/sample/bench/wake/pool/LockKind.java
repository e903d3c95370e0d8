package sample.bench.wake.pool;

/** With what the list is guarded. */
public enum LockKind {
    /** {@link java.util.concurrent.locks.ReentrantLock}. */
    REENTRANT,
    /** The same in a field of type {@link java.util.concurrent.locks.Lock}. */
    LOCK,
    /** The write lock of a {@link java.util.concurrent.locks.ReentrantReadWriteLock}. */
    READ_WRITE,
    /** The write mode of a {@link java.util.concurrent.locks.StampedLock}. */
    STAMPED,
    /** A {@code synchronized} block. */
    MONITOR,
    /** A {@code synchronized} method of the list. */
    METHOD,
    /** The pool's own spin lock. */
    SPIN
}

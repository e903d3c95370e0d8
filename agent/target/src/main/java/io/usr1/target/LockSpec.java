package io.usr1.target;

/**
 * One lock of the pool.
 *
 * @param id      the target's name for it
 * @param kind    how it is taken
 * @param place   which object it is
 * @param acquire kind OWN: the method that takes it, else null
 * @param release kind OWN: the method that gives it back, of the lock itself or of what {@code acquire} returns
 *                (a lock for try-with-resources); else null
 * @param attempt kind OWN: the method that tries to take it and returns a boolean, null if there is none
 */
public record LockSpec(String id, Kind kind, LockPlace place, MethodRef acquire, MethodRef release, MethodRef attempt) {

    /** How a lock is taken. */
    public enum Kind {
        /** {@code synchronized}: a block or a whole method. */
        MONITOR,
        /** {@code java.util.concurrent.locks.ReentrantLock} or a subclass that does not change what taking it means. */
        REENTRANT,
        /** A {@code java.util.concurrent.locks.Lock}, whatever it is. */
        LOCK,
        /** A {@code java.util.concurrent.locks.ReadWriteLock}, taken for reading or for writing. */
        READ_WRITE,
        /** A {@code java.util.concurrent.locks.StampedLock}. */
        STAMPED,
        /** Methods of the pool's own: of a lock class, or of the pool itself ({@code pool.lock()}). */
        OWN
    }
}

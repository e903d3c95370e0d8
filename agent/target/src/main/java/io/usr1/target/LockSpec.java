package io.usr1.target;

/**
 * One lock of the pool.
 *
 * @param id      the target's name for it
 * @param kind    how it is taken
 * @param field   the field that holds the lock object
 * @param acquire kind OWN: the method that takes it, else null
 * @param release kind OWN: the method that gives it back, else null
 * @param attempt kind OWN: the method that tries to take it and returns a boolean, null if there is none
 */
public record LockSpec(String id, Kind kind, FieldRef field, MethodRef acquire, MethodRef release, MethodRef attempt) {

    /** How a lock is taken. */
    public enum Kind {
        /** {@code synchronized (field)}. */
        MONITOR,
        /** {@code java.util.concurrent.locks.ReentrantLock}, {@code lock()} and {@code unlock()}. */
        REENTRANT,
        /** A lock class of the pool's own, with methods to take it and to give it back. */
        OWN
    }
}

package io.usr1.events;

/** A pool instance is told by its lock, the one object of it that woven code has in hand. */
final class Pools {

    private Pools() {
    }

    /** As a person reads it; null if the lock is no object of its own. Not under the lock: the first identity hash of an object may cost a while. */
    static String name(Object lock) {
        return lock == null ? null : lock.getClass().getSimpleName() + '@' + Integer.toHexString(System.identityHashCode(lock));
    }
}

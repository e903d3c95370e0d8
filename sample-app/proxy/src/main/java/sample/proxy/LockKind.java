package sample.proxy;

import java.util.Locale;

/** Which of a loop's three locks is its takeover lock. The other two are never taken. */
enum LockKind {
    /** {@link java.util.concurrent.locks.ReentrantLock}. */
    REENTRANT,
    /** A monitor. It cannot be tried, so taking a connection over waits for it. */
    SYNCHRONIZED,
    /** {@link SpinLock}. */
    SPIN;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

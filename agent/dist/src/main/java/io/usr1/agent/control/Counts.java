package io.usr1.agent.control;

import io.usr1.runtime.Site;

/** Sums over some sites. Immutable; a class with getters because JMX on 17 knows no records. */
public final class Counts {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    private final long bypassed;
    private final long acquired;
    private final long contended;
    private final long failedTries;
    private final long waitNanos;

    private Counts(long bypassed, long acquired, long contended, long failedTries, long waitNanos) {
        this.bypassed = bypassed;
        this.acquired = acquired;
        this.contended = contended;
        this.failedTries = failedTries;
        this.waitNanos = waitNanos;
    }

    static Counts of(Site site) {
        return new Counts(site.bypassedCount(), site.acquiredCount(), site.contendedCount(), site.failedTryCount(), site.waitNanos());
    }

    Counts plus(Counts more) {
        return new Counts(bypassed + more.bypassed, acquired + more.acquired, contended + more.contended,
                failedTries + more.failedTries, waitNanos + more.waitNanos);
    }

    /** Locks not taken. */
    public long getBypassed() {
        return bypassed;
    }

    /** Locks taken. */
    public long getAcquired() {
        return acquired;
    }

    /** Locks taken after a wait. */
    public long getContended() {
        return contended;
    }

    /** Try-locks that did not get the lock. */
    public long getFailedTries() {
        return failedTries;
    }

    /** Nanoseconds waited for locks. */
    public long getWaitNanos() {
        return waitNanos;
    }
}

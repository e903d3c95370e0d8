package io.usr1.runtime;

import java.util.concurrent.atomic.LongAdder;

/**
 * One woven place: a bypass, or an acquisition that is timed. Woven classes hold it in a static final field.
 *
 * <p>Counts only grow; readers take differences.
 */
public final class Site {

    /** Bypasses that a carrier may hold back before they are folded, in {@code cheap} counting. */
    private static final int FOLD_AT = 1024;

    private final Gate gate;
    private final Clearing clearing;
    private final int index;
    private final String role;
    private final String method;
    private final LongAdder bypassed = new LongAdder();
    private final LongAdder acquired = new LongAdder();
    private final LongAdder contended = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder needless = new LongAdder();
    private final LongAdder guarded = new LongAdder();
    private final LongAdder failedTries = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** Also made by tests. */
    Site(Gate gate, int index, String role, String method, Clearing clearing) {
        this.gate = gate;
        this.clearing = clearing;
        this.index = index;
        this.role = role;
        this.method = method;
    }

    /**
     * Counts one bypass. Called right after {@link Gate#passes} said yes, by the thread that owns the carrier, which is
     * why the plain counter on the carrier needs no atomicity: a LongAdder here would cost more than the wake.
     */
    public void bypassed(Object carrier) {
        if (Counters.off()) {
            return;
        }
        if (Counters.exact() || !(carrier instanceof Carrier)) {
            bypassed.increment();
            return;
        }
        Carrier owned = (Carrier) carrier;
        int count = owned.usr1$unfolded() + 1;
        if (count < FOLD_AT) {
            owned.usr1$unfolded(count);
        } else {
            owned.usr1$unfolded(0);
            bypassed.add(count);
        }
    }

    /**
     * Folds what the carrier holds back, and counts whether the lock is needed. Called on the locked path, by the carrier's
     * owner, which pays for a lock anyway.
     */
    public void fold(Object carrier) {
        looked(carrier);
        if (carrier instanceof Carrier && !Counters.exact()) {
            Carrier owned = (Carrier) carrier;
            int count = owned.usr1$unfolded();
            if (count > 0) {
                owned.usr1$unfolded(0);
                bypassed.add(count);
            }
        }
    }

    /**
     * The same where another thread may own the connection by now: to that thread the lock is needed whatever the flag
     * says, and what the carrier holds back is not its own to fold.
     *
     * @param owned 1 if this thread is the owner
     */
    public void fold(Object carrier, int owned) {
        if (owned == 1) {
            fold(carrier);
        } else {
            guarded.increment();
        }
    }

    /** Counts whether the lock is needed, on the locked path of an answer or a call. Any thread. */
    public void looked(Object carrier) {
        (carrier instanceof Carrier && ((Carrier) carrier).usr1$flag() == Flag.CLEAR ? needless : guarded).increment();
    }

    Clearing clearing() {
        return clearing;
    }

    void acquired() {
        acquired.increment();
    }

    void contended(long nanos) {
        contended.increment();
        waitNanos.add(nanos);
    }

    void failedTry() {
        failedTries.increment();
    }

    void violated(String finding) {
        violations.increment();
        gate.violated(method + " (" + role + "): " + finding);
    }

    /** Counts an event that the sink did not write. Called by the sink, any thread. */
    public void dropped() {
        dropped.increment();
    }

    public Gate gate() {
        return gate;
    }

    public int index() {
        return index;
    }

    /** The target's word for what the site does: {@code wake}, {@code get}, {@code insert}, {@code takeover}, ... */
    public String role() {
        return role;
    }

    /** Class and method, as a person writes it. */
    public String method() {
        return method;
    }

    public long bypassedCount() {
        return bypassed.sum();
    }

    public long acquiredCount() {
        return acquired.sum();
    }

    public long contendedCount() {
        return contended.sum();
    }

    /** Times the flag was clear and the lock was taken all the same, because the gate is not open: what a bypass would have saved. */
    public long needlessCount() {
        return needless.sum();
    }

    /** Times a site that can bypass found the flag set or unknown, or the connection another thread's. */
    public long guardedCount() {
        return guarded.sum();
    }

    /** Nanoseconds waited in contended acquisitions. */
    public long waitNanos() {
        return waitNanos.sum();
    }

    /** Try-locks that did not get the lock. */
    public long failedTryCount() {
        return failedTries.sum();
    }

    /** Clear flags that audit found where they must not be. */
    public long violationCount() {
        return violations.sum();
    }

    /** Events of this site that the sink did not write. */
    public long droppedCount() {
        return dropped.sum();
    }
}

package io.usr1.runtime;

import java.util.concurrent.atomic.LongAdder;

/**
 * One woven place: a bypass, or an acquisition that is timed. Woven classes hold it in a static final field.
 *
 * <p>Counts only grow; readers take differences.
 */
public final class Site {

    /**
     * In {@code cheap} counting a carrier's number holds, in its lowest bits, bypasses that are not folded yet, and above them how often
     * they were. The first sixteen are folded one by one, the next sixteen times by two, and so on up to 1024: a carrier that is
     * dropped, and takes along what it holds, never takes more than a seventeenth of what it was bypassed.
     */
    private static final int HELD_BITS = 11;
    private static final int HELD = (1 << HELD_BITS) - 1;
    private static final int FOLDS_OF_A_SIZE = 4;
    private static final int LAST_SIZE = 10 << FOLDS_OF_A_SIZE;

    private final Gate gate;
    private final Clearing clearing;
    private final int index;
    private final String role;
    private final String method;
    private final Tally bypassed = new Tally();
    private final Tally acquired = new Tally();
    private final LongAdder contended = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final Tally needless = new Tally();
    private final Tally guarded = new Tally();
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
     * why the plain counter on the carrier needs no atomicity: counting each one by itself would cost as much as the wake.
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
        int next = owned.usr1$unfolded() + 1;
        int folds = next >>> HELD_BITS;
        int held = next & HELD;
        if (held < 1 << (folds >>> FOLDS_OF_A_SIZE)) {
            owned.usr1$unfolded(next);
        } else {
            owned.usr1$unfolded(Math.min(folds + 1, LAST_SIZE) << HELD_BITS);
            bypassed.add(held);
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
            int all = owned.usr1$unfolded();
            int held = all & HELD;
            if (held > 0) {
                owned.usr1$unfolded(all - held);
                bypassed.add(held);
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

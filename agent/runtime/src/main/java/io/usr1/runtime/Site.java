package io.usr1.runtime;

import java.util.concurrent.atomic.LongAdder;

/**
 * One woven place: a bypass, or an acquisition that is timed. Woven classes hold it in a static final field.
 *
 * <p>A record, because the JIT takes the fields of records alone for constants: what a woven place counts in is then found without a load,
 * while a lock is held. It is not a value: two sites are never equal.
 *
 * <p>Counts only grow; readers take differences.
 *
 * @param gate     of the target and the loader that the place belongs to
 * @param index    the number by which its class asks the gate for it
 * @param role     the target's word for what the site does: {@code wake}, {@code get}, {@code insert}, {@code takeover}, ...
 * @param method   class and method, as a person writes it
 * @param clearing shared by the sites of one role
 * @param bypassed for {@link #bypassedCount}; so with the next three
 * @param acquired for {@link #acquiredCount}
 * @param needless for {@link #needlessCount}
 * @param guarded  for {@link #guardedCount}
 * @param rare     what is not counted on each way through
 */
public record Site(Gate gate, int index, String role, String method, Clearing clearing, Tally bypassed, Tally acquired, Tally needless, Tally guarded, Rare rare) {

    /**
     * In {@code cheap} counting a carrier's number holds, in its lowest bits, bypasses that are not folded yet, and above them how often
     * they were. The first sixteen are folded one by one, the next sixteen times by two, and so on up to 1024: a carrier that is
     * dropped, and takes along what it holds, never takes more than a seventeenth of what it was bypassed.
     */
    private static final int HELD_BITS = 11;
    private static final int HELD = (1 << HELD_BITS) - 1;
    private static final int FOLDS_OF_A_SIZE = 4;
    private static final int LAST_SIZE = 10 << FOLDS_OF_A_SIZE;

    /** Also made by tests. */
    Site(Gate gate, int index, String role, String method, Clearing clearing) {
        this(gate, index, role, method, clearing, new Tally(), new Tally(), new Tally(), new Tally(), new Rare());
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

    void taken() {
        acquired.increment();
    }

    void contended(long nanos) {
        rare.contended.increment();
        rare.waitNanos.add(nanos);
    }

    void failedTry() {
        rare.failedTries.increment();
    }

    void violated(String finding) {
        rare.violations.increment();
        gate.violated(method + " (" + role + "): " + finding);
    }

    /** Counts an event that the sink did not write. Called by the sink, any thread. */
    public void dropped() {
        rare.dropped.increment();
    }

    public long bypassedCount() {
        return bypassed.sum();
    }

    public long acquiredCount() {
        return acquired.sum();
    }

    public long contendedCount() {
        return rare.contended.sum();
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
        return rare.waitNanos.sum();
    }

    /** Try-locks that did not get the lock. */
    public long failedTryCount() {
        return rare.failedTries.sum();
    }

    /** Clear flags that audit found where they must not be. */
    public long violationCount() {
        return rare.violations.sum();
    }

    /** Events of this site that the sink did not write. */
    public long droppedCount() {
        return rare.dropped.sum();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return role + " " + method;
    }

    /** Counts of what costs more than the counting. */
    static final class Rare {
        final LongAdder contended = new LongAdder();
        final LongAdder waitNanos = new LongAdder();
        final LongAdder failedTries = new LongAdder();
        final LongAdder violations = new LongAdder();
        final LongAdder dropped = new LongAdder();
    }
}

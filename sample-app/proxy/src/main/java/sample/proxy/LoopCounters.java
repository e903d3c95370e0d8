package sample.proxy;

import java.util.Map;

/**
 * What one loop has counted. Plain fields, written by the loop's thread alone; other threads read them through the loop (see
 * {@link EventLoop#report}). The methods only add to this object's own fields, so that they may be called under a lock.
 */
final class LoopCounters {
    /** A wait for a free lock takes tens of nanoseconds; one longer than this met a holder. */
    private static final long CONTENDED_NANOS = 3_000;

    private final boolean timeLocks;

    private long requests;
    private long responses;
    private long errors;
    private long retries;
    private long takeovers;
    private long wakes;
    private long frontWakes;
    private long idleWakes;
    private long staleWakes;
    private long otherLockedWakes;
    private long wakeLocks;
    private long frontWakeLocks;
    private long getLocks;
    private long lookups;
    private long insertLocks;
    private long insertsOffered;
    private long insertsRefused;
    private long tryLocksWon;
    private long tryLocksLost;
    private long emptyScans;
    private long probeRefusals;
    private long timerLocks;
    private long contendedLiveWakes;
    private long waitNanos;
    private long newConnections;
    private long closedConnections;
    private long purges;
    private long loopFailures;
    /** The wait of the wake under way, in nanoseconds. */
    private long lastWait;

    LoopCounters(boolean timeLocks) {
        this.timeLocks = timeLocks;
    }

    /** The time in nanoseconds before a lock is taken; 0 if waits are not timed. */
    long clock() {
        return timeLocks ? System.nanoTime() : 0;
    }

    void woken(boolean front) {
        wakes++;
        if (front) {
            frontWakes++;
        }
    }

    /** The wake has the lock; {@code since} is the {@link #clock} before it asked for it. */
    void wakeLocked(long since, boolean front) {
        wakeLocks++;
        if (front) {
            frontWakeLocks++;
        }
        if (timeLocks) {
            lastWait = System.nanoTime() - since;
            waitNanos += lastWait;
        }
    }

    void staleWake() {
        staleWakes++;
    }

    void idleWake() {
        idleWakes++;
        if (lastWait > CONTENDED_NANOS) {
            contendedLiveWakes++;
        }
    }

    void otherLockedWake() {
        otherLockedWakes++;
        if (lastWait > CONTENDED_NANOS) {
            contendedLiveWakes++;
        }
    }

    void request() {
        requests++;
    }

    void response() {
        responses++;
    }

    void error() {
        errors++;
    }

    void retry() {
        retries++;
    }

    void lookup() {
        lookups++;
    }

    void getLocked() {
        getLocks++;
    }

    void insertOffered() {
        insertsOffered++;
    }

    void insertLocked() {
        insertLocks++;
    }

    void insertRefused() {
        insertsRefused++;
    }

    void tryLockWon() {
        tryLocksWon++;
    }

    void tryLockLost() {
        tryLocksLost++;
    }

    void takenOver() {
        takeovers++;
    }

    /** A won lock that led to no takeover: there was a candidate and it was refused, or there was none. */
    void nothingTaken(boolean probed) {
        if (probed) {
            probeRefusals++;
        } else {
            emptyScans++;
        }
    }

    void timerLocked() {
        timerLocks++;
    }

    void connectionOpened() {
        newConnections++;
    }

    void connectionClosed() {
        closedConnections++;
    }

    void purged() {
        purges++;
    }

    void loopFailure() {
        loopFailures++;
    }

    /** Adds these counters to {@code sums}, under the names of the report. */
    void addTo(Map<String, Long> sums) {
        add(sums, "requests", requests);
        add(sums, "responses", responses);
        add(sums, "errors", errors);
        add(sums, "retries", retries);
        add(sums, "takeovers", takeovers);
        add(sums, "wakes", wakes);
        add(sums, "frontWakes", frontWakes);
        add(sums, "idleWakes", idleWakes);
        add(sums, "staleWakes", staleWakes);
        add(sums, "otherLockedWakes", otherLockedWakes);
        add(sums, "wakeLocks", wakeLocks);
        add(sums, "frontWakeLocks", frontWakeLocks);
        add(sums, "getLocks", getLocks);
        add(sums, "lookups", lookups);
        add(sums, "insertLocks", insertLocks);
        add(sums, "insertsOffered", insertsOffered);
        add(sums, "insertsRefused", insertsRefused);
        add(sums, "tryLocksWon", tryLocksWon);
        add(sums, "tryLocksLost", tryLocksLost);
        add(sums, "emptyScans", emptyScans);
        add(sums, "probeRefusals", probeRefusals);
        add(sums, "timerLocks", timerLocks);
        add(sums, "contendedLiveWakes", contendedLiveWakes);
        add(sums, "waitNanos", waitNanos);
        add(sums, "newConnections", newConnections);
        add(sums, "closedConnections", closedConnections);
        add(sums, "purges", purges);
        add(sums, "loopFailures", loopFailures);
    }

    private static void add(Map<String, Long> sums, String name, long value) {
        sums.merge(name, value, Long::sum);
    }
}

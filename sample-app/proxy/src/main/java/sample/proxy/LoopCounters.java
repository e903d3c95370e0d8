package sample.proxy;

import java.util.Map;

/**
 * What one loop has counted. Plain fields, written by the loop's thread alone; other threads read them through the loop (see
 * {@link EventLoop#report}). The methods only add to this object's own fields, so that they may be called under a lock.
 */
final class LoopCounters {
    /** The muxes' wakes. */
    final WakeCounters mux;
    /** TLS's wakes. */
    final WakeCounters tls;

    private long requests;
    private long responses;
    private long errors;
    private long retries;
    private long takeovers;
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
    private long newConnections;
    private long closedConnections;
    private long purges;
    private long handshakes;
    private long failedHandshakes;
    private long loopFailures;

    LoopCounters(boolean timeLocks) {
        this.mux = new WakeCounters("", timeLocks);
        this.tls = new WakeCounters("tls", timeLocks);
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

    /** TLS is up, on either side. */
    void handshakeDone() {
        handshakes++;
    }

    void handshakeFailed() {
        failedHandshakes++;
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
        mux.addTo(sums);
        tls.addTo(sums);
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
        add(sums, "newConnections", newConnections);
        add(sums, "closedConnections", closedConnections);
        add(sums, "purges", purges);
        add(sums, "handshakes", handshakes);
        add(sums, "failedHandshakes", failedHandshakes);
        add(sums, "loopFailures", loopFailures);
    }

    private static void add(Map<String, Long> sums, String name, long value) {
        sums.merge(name, value, Long::sum);
    }
}

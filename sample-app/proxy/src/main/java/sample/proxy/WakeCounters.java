package sample.proxy;

import java.util.Map;

/** What one loop has counted about the wakes of one layer: the muxes' or TLS's. For threads and locks see {@link LoopCounters}. */
final class WakeCounters {
    /** A wait for a free lock takes tens of nanoseconds; one longer than this met a holder. */
    private static final long CONTENDED_NANOS = 3_000;

    private final String layer;
    private final boolean timeLocks;

    private long wakes;
    private long frontWakes;
    private long idleWakes;
    private long staleWakes;
    private long otherLockedWakes;
    private long wakeLocks;
    private long frontWakeLocks;
    private long contendedLiveWakes;
    private long waitNanos;
    /** The wait of the wake under way, in nanoseconds. */
    private long lastWait;

    /** @param layer what the names in the report begin with; empty for the muxes */
    WakeCounters(String layer, boolean timeLocks) {
        this.layer = layer;
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

    /** Adds these counters to {@code sums}, under the names of the report. */
    void addTo(Map<String, Long> sums) {
        add(sums, "wakes", wakes);
        add(sums, "frontWakes", frontWakes);
        add(sums, "idleWakes", idleWakes);
        add(sums, "staleWakes", staleWakes);
        add(sums, "otherLockedWakes", otherLockedWakes);
        add(sums, "wakeLocks", wakeLocks);
        add(sums, "frontWakeLocks", frontWakeLocks);
        add(sums, "contendedLiveWakes", contendedLiveWakes);
        add(sums, "waitNanos", waitNanos);
    }

    private void add(Map<String, Long> sums, String name, long value) {
        String full = layer.isEmpty() ? name : layer + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        sums.merge(full, value, Long::sum);
    }
}

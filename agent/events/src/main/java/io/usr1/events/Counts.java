package io.usr1.events;

import io.usr1.runtime.Site;

/** Counters of a role, or the difference of two such. Times in nanoseconds. */
record Counts(long acquired, long contended, long bypassed, long needless, long guarded, long waitNanos, long failedTries,
        long violations, long dropped) {

    static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Counts dropped(long count) {
        return new Counts(0, 0, 0, 0, 0, 0, 0, 0, count);
    }

    Counts plus(Site site) {
        return new Counts(acquired + site.acquiredCount(), contended + site.contendedCount(), bypassed + site.bypassedCount(),
                needless + site.needlessCount(), guarded + site.guardedCount(), waitNanos + site.waitNanos(), failedTries + site.failedTryCount(), violations + site.violationCount(),
                dropped + site.droppedCount());
    }

    Counts plus(Counts other) {
        return new Counts(acquired + other.acquired, contended + other.contended, bypassed + other.bypassed, needless + other.needless,
                guarded + other.guarded, waitNanos + other.waitNanos, failedTries + other.failedTries, violations + other.violations,
                dropped + other.dropped);
    }

    Counts minus(Counts other) {
        return new Counts(acquired - other.acquired, contended - other.contended, bypassed - other.bypassed,
                needless - other.needless, guarded - other.guarded, waitNanos - other.waitNanos, failedTries - other.failedTries, violations - other.violations,
                dropped - other.dropped);
    }

    /** What fits the fields of one event; a busy pool bypasses more often than an int can count in a second. */
    Counts clipped() {
        return new Counts(clip(acquired), clip(contended), clip(bypassed), clip(needless), clip(guarded), waitNanos,
                clip(failedTries), clip(violations), clip(dropped));
    }

    /** Of all that looked at the flag. */
    private double share(long part) {
        long looked = bypassed + needless + guarded;
        return looked == 0 ? 0 : (double) part / looked;
    }

    private static long clip(long count) {
        return Math.min(count, Integer.MAX_VALUE);
    }

    /** @param takeovers how many of {@code acquired} were takeovers */
    PoolTotals totals(long takeovers) {
        Counts row = clipped();
        PoolTotals event = new PoolTotals();
        event.acquired = (int) row.acquired;
        event.contended = (int) row.contended;
        event.waitTime = waitNanos;
        event.bypassed = (int) row.bypassed;
        event.needless = (int) row.needless;
        event.guarded = (int) row.guarded;
        event.bypassRatio = share(bypassed);
        event.clearRatio = share(bypassed + needless);
        event.takeovers = (int) clip(takeovers);
        event.failedTries = (int) row.failedTries;
        return event;
    }

    PoolStatistics event() {
        PoolStatistics event = new PoolStatistics();
        event.acquired = (int) acquired;
        event.contended = (int) contended;
        event.bypassed = (int) bypassed;
        event.bypassRatio = share(bypassed);
        event.needless = (int) needless;
        event.guarded = (int) guarded;
        event.waitTime = waitNanos;
        event.failedTries = (int) failedTries;
        event.violations = (int) violations;
        event.droppedEvents = (int) dropped;
        return event;
    }
}

package io.usr1.findings;

/**
 * What one role of one target did: the sum of its statistics. Times in nanoseconds.
 *
 * @param needless taken although the flag was clear
 * @param guarded times code that can bypass found the flag set or unknown, or the connection another thread's
 */
public record Role(String target, String role, long acquired, long contended, long bypassed, long needless, long guarded, long waitNanos,
        long failedTries, long violations, long dropped) {

    Role plus(Role more) {
        return new Role(target, role, acquired + more.acquired, contended + more.contended, bypassed + more.bypassed, needless + more.needless,
                guarded + more.guarded, waitNanos + more.waitNanos, failedTries + more.failedTries, violations + more.violations,
                dropped + more.dropped);
    }

    /** Times the flag was looked at: 0 for code that never bypasses. */
    public long looked() {
        return bypassed + needless + guarded;
    }
}

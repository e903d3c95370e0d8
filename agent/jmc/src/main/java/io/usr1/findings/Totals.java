package io.usr1.findings;

/** Waits added up. */
public final class Totals {

    private long count;
    private long nanos;
    private long longest;

    void add(long waitNanos) {
        count++;
        nanos += waitNanos;
        longest = Math.max(longest, waitNanos);
    }

    public long count() {
        return count;
    }

    public long nanos() {
        return nanos;
    }

    /** 0 if there was none. */
    public long longestNanos() {
        return longest;
    }
}

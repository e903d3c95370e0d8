package io.usr1.cli.report;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened when, and how long waits were, for the plots. Begins with a second a bin; when there are too many bins their
 * width is doubled, so a recording of any length fits, and so does one that lies about its times.
 */
final class Timeline {

    private static final int BINS = 240;
    private static final long SECOND = 1_000_000_000L;

    /** Upper bounds of the histogram: 1, 2, 5 from a microsecond to ten seconds; what is longer is counted in one more. */
    private static final long[] BOUNDS = bounds();

    /** What one bin adds up. */
    static final class Bin {
        long waitNanos;
        long bypassed;
        long needless;
        long looked;

        private void add(Bin other) {
            waitNanos += other.waitNanos;
            bypassed += other.bypassed;
            needless += other.needless;
            looked += other.looked;
        }
    }

    private final long[] histogram = new long[BOUNDS.length + 1];
    private TreeMap<Long, Bin> bins = new TreeMap<>();
    private long width = SECOND;

    /** The recording is as long as this, whatever happened in it. */
    void cover(long startNanos, long endNanos) {
        at(startNanos);
        at(endNanos);
    }

    void waited(long startNanos, long nanos) {
        at(startNanos).waitNanos += nanos;
        int place = Arrays.binarySearch(BOUNDS, nanos);
        histogram[place < 0 ? -place - 1 : place]++;
    }

    void looked(long nanos, long bypassed, long needless, long looked) {
        Bin bin = at(nanos);
        bin.bypassed += bypassed;
        bin.needless += needless;
        bin.looked += looked;
    }

    /** By number; the number times {@link #widthNanos} is the bin's time since the epoch. Bins in which nothing happened are left out. */
    Map<Long, Bin> bins() {
        return bins;
    }

    long widthNanos() {
        return width;
    }

    /** Waits up to and including {@link #bound} of the same index; in the last one those that were longer than the last bound. */
    long[] histogram() {
        return histogram.clone();
    }

    /** In nanoseconds; {@link Long#MAX_VALUE} for the last one. */
    static long bound(int index) {
        return index < BOUNDS.length ? BOUNDS[index] : Long.MAX_VALUE;
    }

    private Bin at(long nanos) {
        Bin bin = bins.computeIfAbsent(Math.floorDiv(nanos, width), number -> new Bin());
        // Doubled by the span and not by the number of bins: a plot has a place for those in which nothing happened, too.
        while (bins.lastKey() - bins.firstKey() >= BINS) {
            TreeMap<Long, Bin> wider = new TreeMap<>();
            bins.forEach((number, each) -> wider.computeIfAbsent(Math.floorDiv(number, 2L), key -> new Bin()).add(each));
            bins = wider;
            width *= 2;
            bin = bins.get(Math.floorDiv(nanos, width));
        }
        return bin;
    }

    private static long[] bounds() {
        long[] bounds = new long[22];
        long decade = 1000;
        for (int i = 0; i < bounds.length; i += 3, decade *= 10) {
            bounds[i] = decade;
            if (i + 2 < bounds.length) {
                bounds[i + 1] = 2 * decade;
                bounds[i + 2] = 5 * decade;
            }
        }
        return bounds;
    }
}

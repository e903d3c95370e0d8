package sample.bench.endtoend;

import java.util.stream.LongStream;
import org.openjdk.jmh.util.ListStatistics;

/**
 * One JVM.
 *
 * @param fork     JVMs of a fork ran side by side
 * @param requests of a round
 * @param nanos    elapsed, one for each measured round
 * @param cpuNanos of the proxy's threads, one for each measured round
 * @param life     what it counted from start to end
 * @param measured what it counted from the first measured round to its end
 */
record Sample(int jdk, Setup setup, Arm arm, int fork, long requests, long[] nanos, long[] cpuNanos, Counts life, Counts measured) {

    /** What is measured in each round. */
    enum Measure {
        /** Requests a second: more is better. */
        RATE,
        /** The proxy's CPU time a request: less is better. */
        CPU;

        private double ratio(Sample above, Sample below, int round) {
            return this == RATE ? (double) below.nanos[round] / above.nanos[round] : (double) above.cpuNanos[round] / below.cpuNanos[round];
        }
    }

    double cpuMicros() {
        return LongStream.of(cpuNanos).sum() / 1e3 / requests / cpuNanos.length;
    }

    /** Of the rounds that both had one after the other, the median of their ratios. */
    double over(Sample below, Measure measure) {
        ListStatistics ratios = new ListStatistics();
        for (int round = 0; round < nanos.length; round++) {
            ratios.addValue(measure.ratio(this, below, round));
        }
        return ratios.getPercentile(50);
    }
}

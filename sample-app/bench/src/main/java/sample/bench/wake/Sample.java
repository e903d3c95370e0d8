package sample.bench.wake;

import org.openjdk.jmh.util.ListStatistics;

/**
 * One forked JVM.
 *
 * @param round      forks of a round ran side by side
 * @param benchmark  busy, set, idle or robbed
 * @param iterations nanoseconds a wake, one for each measured iteration
 * @param counts     what its wakes did; null without the agent
 */
record Sample(int round, int jdk, int threads, String benchmark, String lock, Variant variant, double[] iterations, Counts counts) {

    Row row() {
        return new Row(benchmark, lock, threads, jdk);
    }

    double median() {
        return new ListStatistics(iterations).getPercentile(50);
    }
}

package sample.bench.endtoend;

import java.util.Locale;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A ratio of which each pair of JVMs gave one value. Two JVMs that run the same differ from each other for as long as they live, so the
 * interval is that of the pairs, not of their rounds: with few pairs it is wide, and that is the truth.
 */
final class Ratio {

    private static final double CONFIDENCE = 0.95;
    /** From fewer nobody can tell how they scatter. */
    private static final int LEAST = 3;

    private final ListStatistics logarithms;

    Ratio(DoubleStream values) {
        this.logarithms = new ListStatistics(values.map(Math::log).toArray());
    }

    /** The geometric mean and, from three pairs on, its 95 % confidence interval (Student's t). */
    @Override
    public String toString() {
        if (logarithms.getN() == 0) {
            return "-";
        }
        String mean = two(logarithms.getMean());
        if (logarithms.getN() < LEAST) {
            return mean;
        }
        double[] interval = logarithms.getConfidenceIntervalAt(CONFIDENCE);
        return mean + " [" + two(interval[0]) + "-" + two(interval[1]) + "]";
    }

    private static String two(double logarithm) {
        return String.format(Locale.ROOT, "%.2f", Math.exp(logarithm));
    }
}

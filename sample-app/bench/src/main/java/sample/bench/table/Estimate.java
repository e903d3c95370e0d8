package sample.bench.table;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A figure from measurements in pairs, with its 95 % interval (Student's t over the pairs).
 *
 * @param value the mean; of ratios the geometric one
 * @param pairs how many measurements ran side by side; the interval of a single one has no bounds
 */
public record Estimate(double value, double low, double high, int pairs) {

    private static final double CONFIDENCE = 0.95;

    /** Of differences. */
    public static Estimate ofDifferences(double... differences) {
        ListStatistics all = new ListStatistics(differences);
        double error = differences.length < 2 ? Double.POSITIVE_INFINITY : quantile(differences.length - 1) * all.getStandardDeviation() / Math.sqrt(differences.length);
        return new Estimate(all.getMean(), all.getMean() - error, all.getMean() + error, differences.length);
    }

    /** Of ratios. Twice as much and half as much are the same distance from one. */
    public static Estimate ofRatios(double... ratios) {
        Estimate logs = ofDifferences(Arrays.stream(ratios).map(Math::log).toArray());
        return new Estimate(Math.exp(logs.value), Math.exp(logs.low), Math.exp(logs.high), logs.pairs);
    }

    /** Of Student's distribution. JMH's own interval begins at three values only. */
    private static double quantile(int degreesOfFreedom) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }

    /** False if nothing was measured. */
    public boolean known() {
        return pairs > 0;
    }

    /** For a table: the figure, and its interval in brackets. */
    public String text() {
        return text("%.2f");
    }

    /** The same with a sign. */
    public String signed() {
        return text("%+.2f");
    }

    private String text(String format) {
        if (!known()) {
            return "-";
        }
        String interval = pairs < 2 ? " (one pair)" : " (" + format + " to " + format + ")";
        return String.format(Locale.ROOT, format + interval, value, low, high);
    }
}

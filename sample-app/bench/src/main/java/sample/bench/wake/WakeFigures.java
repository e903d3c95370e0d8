package sample.bench.wake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import org.openjdk.jmh.util.ListStatistics;
import sample.bench.table.Estimate;

/**
 * What {@link WakeBench} measured.
 *
 * @param machine  on what
 * @param settings how
 * @param samples  one for each forked JVM
 */
public record WakeFigures(String machine, String settings, List<Sample> samples) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /** Reads raw figures. */
    public static WakeFigures read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), WakeFigures.class);
    }

    /** A line for each sample: so that two versions of the file can be compared. */
    void write(Path json) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Sample sample : samples) {
            lines.add("    " + JSON.writeValueAsString(sample));
        }
        Files.writeString(json, "{\n  \"machine\": " + JSON.writeValueAsString(machine) + ",\n  \"settings\": " + JSON.writeValueAsString(settings)
                + ",\n  \"samples\": [\n" + String.join(",\n", lines) + "\n  ]\n}\n");
    }

    /** In the order in which they were first measured. */
    List<Row> rows(Predicate<Row> which) {
        return samples.stream().map(Sample::row).distinct().filter(which).toList();
    }

    /** Median of all iterations of all forks, and the quartiles. */
    String nanos(Row row, Variant variant) {
        double[] all = samples.stream().filter(sample -> sample.row().equals(row) && sample.variant() == variant)
                .flatMapToDouble(sample -> Arrays.stream(sample.iterations())).toArray();
        if (all.length == 0) {
            return "-";
        }
        ListStatistics of = new ListStatistics(all);
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", of.getPercentile(50), of.getPercentile(25), of.getPercentile(75));
    }

    /** How many times as much one variant takes as another. */
    Estimate ratio(Predicate<Row> which, Variant above, Variant below) {
        return Estimate.ofRatios(pairs(which, above, below, (over, under) -> over / under));
    }

    /** How many nanoseconds more one variant takes than another. */
    Estimate more(Predicate<Row> which, Variant variant, Variant than) {
        return Estimate.ofDifferences(pairs(which, variant, than, (over, under) -> over - under));
    }

    /** Of the medians of forks that ran side by side: in one round, of the same kind. */
    private double[] pairs(Predicate<Row> which, Variant one, Variant other, DoubleBinaryOperator compared) {
        return samples.stream().filter(sample -> sample.variant() == one && which.test(sample.row()))
                .flatMap(sample -> samples.stream()
                        .filter(beside -> beside.variant() == other && beside.round() == sample.round() && beside.row().equals(sample.row()))
                        .map(beside -> compared.applyAsDouble(sample.median(), beside.median())))
                .mapToDouble(Double::doubleValue).toArray();
    }
}

package sample.bench.wake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.util.ListStatistics;
import sample.bench.table.Table;

/**
 * What {@link WakeBench} measured.
 *
 * @param settings how
 * @param samples  one for each forked JVM
 */
public record WakeFigures(String settings, List<Sample> samples) {

    /** What the table's head does not say. */
    public static final String LEGEND = """
            busy: the wake of a connection in use; idle: insert, wake, attach; robbed: busy while a thief looks into the list all the time.
            ns: medians over all iterations of all forks of a variant, plain as it was written. The ratios are of medians of forks that ran side by side,
            with the least and the greatest of them in brackets; for plain/woven more is better, woven/patched should be 1.""";

    private static final List<String> HEAD = List.of("wake", "lock", "threads", "jdk", "plain ns", "patched ns", "woven ns",
            "plain / woven", "woven / patched", "cheap +ns", "exact +ns", "events +ns", "detailed +ns");

    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /**
     * One fork.
     *
     * @param round      forks of a round ran side by side
     * @param benchmark  busy, idle or robbed
     * @param iterations nanoseconds a wake, one for each measured iteration
     */
    public record Sample(int round, int jdk, int threads, String benchmark, String lock, Variant variant, double[] iterations) {

        Row row() {
            return new Row(benchmark, lock, threads, jdk);
        }

        double median() {
            return new ListStatistics(iterations).getPercentile(50);
        }
    }

    /** What is compared with each other. */
    private record Row(String benchmark, String lock, int threads, int jdk) {
    }

    /** Reads raw figures. */
    public static WakeFigures read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), WakeFigures.class);
    }

    void write(Path json) throws IOException {
        JSON.writeValue(json.toFile(), this);
    }

    /** One row for each kind of wake, lock, number of threads and JDK. */
    public Table table() {
        return new Table(2, HEAD, samples.stream().map(Sample::row).distinct().map(this::row).toList());
    }

    private List<String> row(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.benchmark, row.lock, String.valueOf(row.threads), String.valueOf(row.jdk)));
        cells.add(nanos(row, Variant.PLAIN));
        cells.add(nanos(row, Variant.PATCHED));
        cells.add(nanos(row, Variant.WOVEN));
        cells.add(ratio(row, Variant.PLAIN, Variant.WOVEN));
        cells.add(ratio(row, Variant.WOVEN, Variant.PATCHED));
        cells.add(more(row, Variant.CHEAP, Variant.WOVEN));
        cells.add(more(row, Variant.EXACT, Variant.WOVEN));
        cells.add(more(row, Variant.RECORDED, Variant.CHEAP));
        cells.add(more(row, Variant.DETAILED, Variant.CHEAP));
        return cells;
    }

    private String nanos(Row row, Variant variant) {
        double median = median(row, variant);
        return Double.isNaN(median) ? "-" : String.format(Locale.ROOT, "%.2f", median);
    }

    private String more(Row row, Variant variant, Variant than) {
        double more = median(row, variant) - median(row, than);
        return Double.isNaN(more) ? "-" : String.format(Locale.ROOT, "%+.2f", more);
    }

    private double median(Row row, Variant variant) {
        double[] all = samples.stream().filter(sample -> sample.row().equals(row) && sample.variant == variant)
                .flatMapToDouble(sample -> Arrays.stream(sample.iterations)).toArray();
        return all.length == 0 ? Double.NaN : new ListStatistics(all).getPercentile(50);
    }

    private String ratio(Row row, Variant above, Variant below) {
        Map<Integer, Double> over = byRound(row, above);
        Map<Integer, Double> under = byRound(row, below);
        double[] ratios = over.keySet().stream().filter(under::containsKey).mapToDouble(round -> over.get(round) / under.get(round)).toArray();
        if (ratios.length == 0) {
            return "-";
        }
        ListStatistics of = new ListStatistics(ratios);
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", of.getPercentile(50), of.getMin(), of.getMax());
    }

    private Map<Integer, Double> byRound(Row row, Variant variant) {
        Map<Integer, Double> medians = new TreeMap<>();
        samples.stream().filter(sample -> sample.row().equals(row) && sample.variant == variant)
                .forEach(sample -> medians.put(sample.round, sample.median()));
        return medians;
    }
}

package sample.bench.pools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import sample.bench.table.Table;

/**
 * What {@link PoolsTable} counted and measured.
 *
 * @param audited    calls in audit that were asked for, at least
 * @param forks      pairs of forks a row, alternating
 * @param warmMillis before what is measured, in the same fork
 * @param millis     that are measured in a fork
 * @param rows       one for each version of a library and JDK
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PoolFigures(int audited, int forks, int warmMillis, int millis, int processors, List<Row> rows) {

    private static final List<String> HEAD = List.of("library", "JDK", "threads", "sites", "removed", "clear outermost", "share of all", "audited", "violations",
            "throughput", "from-to");

    /**
     * One version of a library on one JDK.
     *
     * @param jdk        feature version
     * @param version    the JVM's own word for its version
     * @param throughput rounds a second with the agent over those without, one for each pair; empty if only counted
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Row(String library, int jdk, String version, int threads, Counted counted, double[] throughput) {

        private List<String> cells() {
            double[] sorted = throughput.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            Stream<Object> all = Stream.of(library, jdk, threads, counted.sites(), counted.removed(), counted.clear(), String.format(Locale.ROOT, "%.1f %%", 100 * counted.share()),
                    counted.audited(), counted.violations(), sorted.length == 0 ? "-" : two(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2),
                    sorted.length == 0 ? "-" : two(sorted[0]) + "-" + two(sorted[sorted.length - 1]));
            return all.map(String::valueOf).toList();
        }
    }

    /** The figures of one file. */
    public static PoolFigures read(Path json) throws IOException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build().readValue(json.toFile(), PoolFigures.class);
    }

    /** The table, and what it was made with. */
    public String markdown() {
        return new Table(1, HEAD, rows.stream().map(Row::cells).toList()).markdown() + "\n"
                + (forks == 0 ? "Counts only" : String.format(Locale.ROOT, "%d pairs of forks, alternating, each %d ms after %d ms of warm-up", forks, millis, warmMillis))
                + String.format(Locale.ROOT, "; at least %d audited calls; %d processors; JVMs %s, -Xmx512m.\n", audited, processors,
                        String.join(" and ", rows.stream().map(Row::version).distinct().toList()));
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}

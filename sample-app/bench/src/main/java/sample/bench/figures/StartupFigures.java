package sample.bench.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sample.bench.table.Table;

/**
 * Start-up cost as {@code startup.sh} measured it.
 *
 * @param samples one for each start of a JVM
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StartupFigures(List<Sample> samples) {

    private static final List<String> HEAD = List.of(
            "program", "agent", "jdk", "starts", "CPU ms (median)", "min", "max", "more than no agent");

    /**
     * CPU time of one JVM from start to end.
     *
     * @param program what was run
     * @param agent   none, empty or usr1
     * @param userMs  in milliseconds, as sysMs
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Sample(int jdk, String program, String agent, long userMs, long sysMs) {

        Arm arm() {
            return new Arm(jdk, program, agent);
        }

        long cpuMs() {
            return userMs + sysMs;
        }
    }

    /** What samples have in common. */
    record Arm(int jdk, String program, String agent) {

        Arm withoutAgent() {
            return new Arm(jdk, program, "none");
        }
    }

    /** Prints the table of one file. */
    public static void main(String[] args) throws IOException {
        System.out.print(read(Path.of(args[0])).table().aligned());
    }

    static StartupFigures read(Path json) throws IOException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build().readValue(json.toFile(), StartupFigures.class);
    }

    /** Medians, and what each arm adds to the same program without an agent. */
    Table table() {
        return new Table(2, HEAD, samples.stream().map(Sample::arm).distinct().map(this::row).toList());
    }

    private List<String> row(Arm arm) {
        List<Long> sorted = sorted(arm);
        double median = median(sorted);
        double more = median - median(sorted(arm.withoutAgent()));
        Stream<Object> cells = Stream.of(arm.program(), arm.agent(), arm.jdk(), sorted.size(), Math.round(median),
                sorted.get(0), sorted.get(sorted.size() - 1), arm.equals(arm.withoutAgent()) ? "" : Math.round(more));
        return cells.map(String::valueOf).toList();
    }

    private List<Long> sorted(Arm arm) {
        return samples.stream().filter(sample -> sample.arm().equals(arm)).map(Sample::cpuMs).sorted().toList();
    }

    private static double median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}

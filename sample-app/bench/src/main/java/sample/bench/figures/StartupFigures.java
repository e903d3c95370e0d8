package sample.bench.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
            "program", "agent", "jdk", "starts", "CPU ms (median)", "min", "max", "more than no agent", "than an empty one", "wall ms (median)");

    /**
     * CPU time of one JVM from start to end.
     *
     * @param program what was run
     * @param agent   none, empty, usr1 or another one's name
     * @param cached  with an AOT cache that was trained with that agent; null, as it is in older files, for no
     * @param userMs  in milliseconds, as sysMs
     * @param wallMs  null in older files
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Sample(int jdk, String program, String agent, Boolean cached, long userMs, long sysMs, Long wallMs) {

        Sample {
            Objects.requireNonNull(program, "program");
            Objects.requireNonNull(agent, "agent");
        }

        Arm arm() {
            return new Arm(jdk, program, agent, cached != null && cached);
        }

        long cpuMs() {
            return userMs + sysMs;
        }
    }

    /** What samples have in common. */
    record Arm(int jdk, String program, String agent, boolean cached) {

        Arm with(String other) {
            return new Arm(jdk, program, other, cached);
        }

        String label() {
            return cached ? agent + ", AOT cache" : agent;
        }
    }

    /** Prints the table of one file. */
    public static void main(String[] args) throws IOException {
        System.out.print(read(Path.of(args[0])).table().aligned());
    }

    static StartupFigures read(Path json) throws IOException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build().readValue(json.toFile(), StartupFigures.class);
    }

    /** Medians, and what each arm adds to the same program without an agent and with an empty one. */
    Table table() {
        return new Table(2, HEAD, samples.stream().map(Sample::arm).distinct().map(this::row).toList());
    }

    private List<String> row(Arm arm) {
        List<Long> sorted = sorted(arm, Sample::cpuMs);
        Stream<Object> cells = Stream.of(arm.program(), arm.label(), arm.jdk(), sorted.size(), Math.round(median(sorted)),
                sorted.get(0), sorted.get(sorted.size() - 1), more(arm, "none"), arm.agent().equals("none") ? "" : more(arm, "empty"), wall(arm));
        return cells.map(String::valueOf).toList();
    }

    /** Nothing for the arm itself, and where the other was not measured. */
    private String more(Arm arm, String agent) {
        List<Long> other = sorted(arm.with(agent), Sample::cpuMs);
        return arm.agent().equals(agent) || other.isEmpty() ? "" : String.valueOf(Math.round(median(sorted(arm, Sample::cpuMs)) - median(other)));
    }

    private String wall(Arm arm) {
        List<Long> sorted = sorted(arm, Sample::wallMs);
        return sorted.isEmpty() ? "" : String.valueOf(Math.round(median(sorted)));
    }

    private List<Long> sorted(Arm arm, Function<Sample, Long> figure) {
        return samples.stream().filter(sample -> sample.arm().equals(arm)).map(figure).filter(Objects::nonNull).sorted().toList();
    }

    private static double median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}

package sample.bench.figures;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.util.ListStatistics;
import sample.bench.jvm.Machine;
import sample.bench.table.Estimate;
import sample.bench.table.Goal;
import sample.bench.table.Table;

/**
 * What woven code and its events cost, as the benchmarks of agent/events measured it with JMH.
 *
 * @param machine  on what
 * @param jdk      its feature version
 * @param settings how
 * @param samples  one for each benchmark and recording
 */
record CostFigures(String machine, int jdk, String settings, List<Sample> samples) {

    private static final double LOCK_NANOS = 1;
    private static final String WOVEN = "Woven";

    private static final List<String> HEAD = List.of("what", "recording", "without the agent, ns", "woven, ns", "ratio", "more, ns", "B/op");

    /** Names of the benchmarks, less Alone and Woven; what they are. Those of the last two have no other half. */
    private static final Map<String, String> NAMES = Map.of("lock", "a lock that nobody else wants", "monitor", "a monitor that nobody else wants",
            "marks", "both marks of a request", "holderKept", "what is kept of a holder", "waitWritten", "the event of a wait");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /**
     * One benchmark with one recording.
     *
     * @param nanos an operation, one for each iteration of each fork
     * @param bytes allocated an operation
     */
    record Sample(String benchmark, String recording, double[] nanos, double bytes) {

        double median() {
            return new ListStatistics(nanos).getPercentile(50);
        }

        String cell() {
            ListStatistics of = new ListStatistics(nanos);
            return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", median(), of.getPercentile(25), of.getPercentile(75));
        }
    }

    static CostFigures read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), CostFigures.class);
    }

    /** From the file that JMH writes, which has much else in it, such as paths of the machine. */
    static CostFigures ofJmh(Path json) throws IOException {
        List<Sample> samples = new ArrayList<>();
        String settings = "";
        int jdk = 0;
        for (JsonNode result : JSON.readTree(json.toFile())) {
            jdk = Runtime.Version.parse(result.path("jdkVersion").asText()).feature();
            settings = String.format("JDK %s, %d forks, %d iterations of %s", result.path("jdkVersion").asText(), result.path("forks").asInt(),
                    result.path("measurementIterations").asInt(), result.path("measurementTime").asText());
            List<Double> nanos = new ArrayList<>();
            result.path("primaryMetric").path("rawData").forEach(fork -> fork.forEach(iteration -> nanos.add(rounded(iteration.asDouble()))));
            double bytes = 0;
            for (Map.Entry<String, JsonNode> metric : result.path("secondaryMetrics").properties()) {
                bytes = metric.getKey().endsWith("gc.alloc.rate.norm") ? rounded(metric.getValue().path("score").asDouble()) : bytes;
            }
            samples.add(new Sample(result.path("benchmark").asText().replaceFirst(".*\\.", ""), result.path("params").path("recording").asText(),
                    nanos.stream().mapToDouble(Double::doubleValue).toArray(), bytes));
        }
        return new CostFigures(Machine.describe(), jdk, settings, samples);
    }

    void write(Path json) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Sample sample : samples) {
            lines.add("    " + JSON.writeValueAsString(sample));
        }
        Files.writeString(json, "{\n  \"machine\": " + JSON.writeValueAsString(machine) + ",\n  \"jdk\": " + jdk + ",\n  \"settings\": " + JSON.writeValueAsString(settings)
                + ",\n  \"samples\": [\n" + String.join(",\n", lines) + "\n  ]\n}\n");
    }

    /** Each beside the same without the agent, where there is such a thing. */
    Table table() {
        Stream<List<String>> pairs = samples.stream().filter(sample -> sample.benchmark.endsWith(WOVEN)).map(this::beside);
        Stream<List<String>> alone = samples.stream().filter(sample -> NAMES.containsKey(sample.benchmark) && !sample.recording.equals("none"))
                .map(sample -> List.of(NAMES.get(sample.benchmark), sample.recording, "", sample.cell(), "", "", number(sample.bytes)));
        return new Table(2, HEAD, Stream.concat(pairs, alone).toList());
    }

    private List<String> beside(Sample woven) {
        String what = woven.benchmark.substring(0, woven.benchmark.length() - WOVEN.length());
        Sample alone = sample(what + "Alone", woven.recording);
        return List.of(NAMES.get(what), woven.recording, alone.cell(), woven.cell(), number(woven.median() / alone.median()),
                number(woven.median() - alone.median()), number(woven.bytes));
    }

    /** What was aimed at for a lock while nothing is recorded. */
    List<Goal> goals() {
        double[] woven = sample("lockWoven", "none").nanos;
        double[] alone = sample("lockAlone", "none").nanos;
        Estimate more = Estimate.ofDifferences(IntStream.range(0, woven.length).mapToDouble(i -> woven[i] - alone[i]).toArray());
        return List.of(new Goal("a lock that nobody else wants, observed, nothing recorded: at most +1 ns", jdk, more.signed(), Goal.atMost(LOCK_NANOS, more)));
    }

    private Sample sample(String benchmark, String recording) {
        return samples.stream().filter(sample -> sample.benchmark.equals(benchmark) && sample.recording.equals(recording)).findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no " + benchmark + " with " + recording));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }
}

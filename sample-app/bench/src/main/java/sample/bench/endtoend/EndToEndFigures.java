package sample.bench.endtoend;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import sample.bench.endtoend.Arm.Kind;
import sample.bench.endtoend.Sample.Measure;
import sample.bench.table.Table;

/**
 * What {@link EndToEnd} measured.
 *
 * @param settings how
 * @param samples  one for each JVM
 */
public record EndToEndFigures(String settings, List<Sample> samples) {

    /** What the heads of the tables do not say. */
    private static final String LEGEND = """
            locks: acquisitions by wakes, a request, from the JVM's start to its end. contended: wakes of live connections that took over 3 us to get the lock, of
            1000 requests; us waited: by all wakes for the lock, a request; takeovers: of 1000 requests; these three in the measured rounds.
            Ratios: of each fork the median of its rounds, of these the geometric mean, with its 95 % confidence interval (Student's t over the forks). again: a second
            plain JVM, which shows what chance alone makes of a ratio. CPU: of the proxy's threads, a request.
            """;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    private static final List<String> WORDS = List.of("client to origin", "bodies", "lock");
    private static final List<String> NUMBERS = List.of("loops", "jdk");
    private static final List<Kind> COUNTED = List.of(Kind.PLAIN, Kind.PATCHED, Kind.BYPASS);

    /** Proxies of the same case ran side by side. */
    private record Case(int jdk, Setup setup) {

        /** @param reuse never, always, or nothing */
        private List<String> cells(String... reuse) {
            return joined(Stream.of(setup.words(), List.of(reuse), List.of(String.valueOf(setup.loops()), String.valueOf(jdk))));
        }
    }

    /** Reads raw figures. */
    public static EndToEndFigures read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), EndToEndFigures.class);
    }

    /** One line for each sample, so that the file can be looked through. */
    void write(Path json) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Sample sample : samples) {
            lines.add(JSON.writeValueAsString(sample));
        }
        Files.writeString(json, "{\"settings\": " + JSON.writeValueAsString(settings) + ", \"samples\": [\n" + String.join(",\n", lines) + "\n]}\n");
    }

    /** All of it, as a page has it. */
    public String markdown() {
        return text(Table::markdown);
    }

    /** All of it, for a terminal. */
    String aligned() {
        return text(Table::aligned);
    }

    private String text(Function<Table, String> form) {
        return settings + ".\n\nCounts:\n\n" + form.apply(counts()) + "\nRatios:\n\n" + form.apply(ratios())
                + "\nAlways to never:\n\n" + form.apply(reuses()) + "\n" + LEGEND;
    }

    private Table counts() {
        List<String> head = joined(Stream.of(WORDS, List.of("reuse"), NUMBERS, heads("locks"), heads("contended"), heads("us waited"), List.of("takeovers")));
        return new Table(4, head, rows((one, reuse) -> {
            List<String> cells = one.cells(reuse);
            COUNTED.forEach(kind -> cells.add(each("%.3f", 1, one, new Arm(kind, reuse), sample -> sample.life().wakeLocks(), sample -> sample.life().requests())));
            COUNTED.forEach(kind -> cells.add(measured("%.2f", 1e3, one, new Arm(kind, reuse), Counts::contendedLiveWakes)));
            COUNTED.forEach(kind -> cells.add(measured("%.3f", 1e-3, one, new Arm(kind, reuse), Counts::waitNanos)));
            cells.add(measured("%.0f", 1e3, one, new Arm(Kind.PLAIN, reuse), Counts::takeovers));
            return cells;
        }));
    }

    private static List<String> heads(String what) {
        return COUNTED.stream().map(kind -> what + ", " + kind.word()).toList();
    }

    private Table ratios() {
        List<String> heads = Stream.of("req/s", "CPU").flatMap(what ->
                Stream.of("again/plain", "patched/plain", "bypass/plain", "bypass/patched").map(pair -> what + " " + pair)).toList();
        return new Table(4, joined(Stream.of(WORDS, List.of("reuse"), NUMBERS, heads)), rows((one, reuse) -> {
            List<String> cells = one.cells(reuse);
            for (Measure measure : Measure.values()) {
                cells.add(ratio(one, measure, new Arm(Kind.AGAIN, reuse), new Arm(Kind.PLAIN, reuse)));
                cells.add(ratio(one, measure, new Arm(Kind.PATCHED, reuse), new Arm(Kind.PLAIN, reuse)));
                cells.add(ratio(one, measure, new Arm(Kind.BYPASS, reuse), new Arm(Kind.PLAIN, reuse)));
                cells.add(ratio(one, measure, new Arm(Kind.BYPASS, reuse), new Arm(Kind.PATCHED, reuse)));
            }
            return cells;
        }));
    }

    private Table reuses() {
        List<List<String>> rows = new ArrayList<>();
        for (Case one : cases()) {
            List<String> cells = one.cells();
            for (Measure measure : Measure.values()) {
                COUNTED.forEach(kind -> cells.add(ratio(one, measure, new Arm(kind, "always"), new Arm(kind, "never"))));
            }
            rows.add(cells);
        }
        return new Table(3, joined(Stream.of(WORDS, NUMBERS, heads("req/s"), heads("CPU"))), rows);
    }

    private List<List<String>> rows(BiFunction<Case, String, List<String>> row) {
        return cases().stream().flatMap(one -> Arm.REUSES.stream().map(reuse -> row.apply(one, reuse))).toList();
    }

    private List<Case> cases() {
        return samples.stream().map(sample -> new Case(sample.jdk(), sample.setup())).distinct().toList();
    }

    private Stream<Sample> of(Case one, Arm arm) {
        return samples.stream().filter(sample -> sample.jdk() == one.jdk && sample.setup().equals(one.setup) && sample.arm().equals(arm));
    }

    private String measured(String format, double times, Case one, Arm arm, ToLongFunction<Counts> count) {
        return each(format, times, one, arm, sample -> count.applyAsLong(sample.measured()), sample -> sample.measured().requests());
    }

    /** Sums over all JVMs of the arm, a request. */
    private String each(String format, double times, Case one, Arm arm, ToLongFunction<Sample> count, ToLongFunction<Sample> requests) {
        double sum = of(one, arm).mapToLong(count).sum();
        return String.format(Locale.ROOT, format, times * sum / of(one, arm).mapToLong(requests).sum());
    }

    private String ratio(Case one, Measure measure, Arm above, Arm below) {
        var under = of(one, below).collect(Collectors.toMap(Sample::fork, sample -> sample));
        DoubleStream pairs = of(one, above).filter(sample -> under.containsKey(sample.fork()))
                .mapToDouble(sample -> sample.over(under.get(sample.fork()), measure));
        return new Ratio(pairs).toString();
    }

    private static List<String> joined(Stream<List<String>> parts) {
        return parts.flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
    }
}

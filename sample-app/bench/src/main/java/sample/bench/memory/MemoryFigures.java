package sample.bench.memory;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.openjdk.jmh.util.ListStatistics;
import sample.bench.table.Table;

/**
 * What {@link Memory} measured.
 *
 * @param settings how
 */
public record MemoryFigures(String settings, List<LibraryFootprint> libraries, List<ProcessFootprint> processes) {

    private static final List<String> PROCESS_HEAD = List.of("agent", "moment", "jdk", "resident MB", "min", "max", "more", "live heap MB", "metaspace MB");

    /** What the heads of the tables do not say. */
    private static final String LEGEND = """
            class files: as the JVM was given them. metaspace: in use by the library's class loader, with all classes of the package linked. resident: as the system
            has it, the heap included; live heap: after a full collection; metaspace of the process with all that the agent loaded.
            """;

    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /** Processes that are compared. */
    private record Arm(int jdk, String moment, String agent) {

        private static Arm of(ProcessFootprint one) {
            return new Arm(one.jdk(), one.moment(), one.agent());
        }
    }

    /** Reads raw figures. */
    public static MemoryFigures read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), MemoryFigures.class);
    }

    void write(Path json) throws IOException {
        JSON.writeValue(json.toFile(), this);
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
        Table carriers = new Table(3, LibraryFootprint.CARRIER_HEAD, libraries.stream().flatMap(one -> one.carrierRows().stream()).toList());
        Table classes = new Table(1, LibraryFootprint.CLASS_HEAD, libraries.stream().filter(one -> !one.compact()).map(LibraryFootprint::classRow).toList());
        Table whole = new Table(2, PROCESS_HEAD, processes.stream().map(Arm::of).distinct().map(this::row).toList());
        return settings + ".\n\nAn instance of each carrier:\n\n" + form.apply(carriers) + "\nAll woven classes:\n\n" + form.apply(classes)
                + "\nThe sample proxy:\n\n" + form.apply(whole) + "\n" + LEGEND;
    }

    private List<String> row(Arm arm) {
        ListStatistics resident = statistics(arm, ProcessFootprint::resident);
        double more = resident.getPercentile(50) - statistics(new Arm(arm.jdk, arm.moment, "none"), ProcessFootprint::resident).getPercentile(50);
        return List.of(arm.agent, arm.moment, String.valueOf(arm.jdk), mega(resident.getPercentile(50)), mega(resident.getMin()), mega(resident.getMax()),
                arm.agent.equals("none") ? "" : mega(more), mega(statistics(arm, ProcessFootprint::heap).getPercentile(50)),
                mega(statistics(arm, ProcessFootprint::metaspace).getPercentile(50)));
    }

    private ListStatistics statistics(Arm arm, ToLongFunction<ProcessFootprint> what) {
        return new ListStatistics(processes.stream().filter(one -> Arm.of(one).equals(arm)).mapToDouble(one -> what.applyAsLong(one)).toArray());
    }

    private static String mega(double kilobytes) {
        return String.format(Locale.ROOT, "%.1f", kilobytes / 1024);
    }
}

package sample.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import sample.bench.table.Table;

/**
 * The result of a demo, as it is kept in {@code summary.json}.
 *
 * @param arms in the order in which they ran
 */
public record Summary(List<ArmResult> arms) {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> HEAD = List.of("arm", "lock", "reuse", "jdk", "requests",
            "wake/req", "get/req", "insert/req", "takeover/req", "bypassed", "stale wakes", "takeovers",
            "contended, warm", "us waited/1000 req, warm", "errors", "wrong bodies");

    /** Reads a {@code summary.json}. Throws IOException, or a DemoFailure that names the arm and the counter that is missing. */
    public static Summary read(Path file) throws IOException {
        JsonNode arms = JSON.readTree(file.toFile()).path("arms");
        return new Summary(StreamSupport.stream(arms.spliterator(), false).map(arm -> ArmResult.of(arm, file.toString())).toList());
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    String json() throws IOException {
        return JSON.writeValueAsString(this);
    }

    /** What the table's head does not say. */
    public static final String LEGEND = "warm: in the last round alone, when the code is compiled; contended: a wake of a live connection took over 3 us to get its lock";

    /** Lock acquisitions per request by the role of the lock region, and what else one wants to see of each arm. */
    public Table table() {
        return new Table(3, HEAD, arms.stream().map(Summary::row).toList());
    }

    private static List<String> row(ArmResult arm) {
        return List.of(arm.name(), arm.lock(), arm.reuse(), String.valueOf(arm.jdk()), String.valueOf(arm.requests()),
                perRequest(arm.wakeLocks(), arm), perRequest(arm.getLocks(), arm), perRequest(arm.insertLocks(), arm),
                perRequest(arm.tryLocksWon(), arm), arm.runsPlain() ? "-" : String.valueOf(arm.bypassed()),
                String.valueOf(arm.staleWakes()), String.valueOf(arm.takeovers()),
                arm.lastRound() == null ? "-" : String.valueOf(arm.lastRound().contendedLiveWakes()), waitPerThousand(arm.lastRound()),
                String.valueOf(arm.errors()), String.valueOf(arm.wrongBodies()));
    }

    /** Nanoseconds a request are microseconds a thousand requests. */
    private static String waitPerThousand(LastRound round) {
        return round == null || round.requests() == 0 ? "-" : String.valueOf(round.waitNanos() / round.requests());
    }

    private static String perRequest(long locks, ArmResult arm) {
        return arm.requests() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", (double) locks / arm.requests());
    }
}

package sample.bench.demo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.openjdk.jmh.util.ListStatistics;
import sample.bench.table.Estimate;
import sample.bench.table.Table;

/**
 * What {@link RecordingCost} measured.
 *
 * @param machine  on what
 * @param settings how
 * @param arms     one for each recording; the first is the one that others are compared with
 */
public record RecordingFigures(String machine, String settings, List<Arm> arms) {

    private static final List<String> HEAD = List.of("recording", "CPU us a request (median)", "ratio to none (95 % interval)");

    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /**
     * One proxy.
     *
     * @param recording what was recorded
     * @param micros    of CPU time a request, one for each round
     */
    record Arm(String recording, double[] micros) {
    }

    /** Reads raw figures. */
    public static RecordingFigures read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), RecordingFigures.class);
    }

    void write(Path json) throws IOException {
        JSON.writeValue(json.toFile(), this);
    }

    /** Ratios are of loads in the same round. */
    public Table table() {
        double[] none = arms.get(0).micros;
        return new Table(1, HEAD, arms.stream().map(arm -> List.of(arm.recording,
                String.format(Locale.ROOT, "%.1f", new ListStatistics(arm.micros).getPercentile(50)),
                arm == arms.get(0) ? "" : Estimate.ofRatios(IntStream.range(0, none.length).mapToDouble(round -> arm.micros[round] / none[round]).toArray()).text())).toList());
    }
}

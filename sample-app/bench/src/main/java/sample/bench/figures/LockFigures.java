package sample.bench.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sample.bench.table.Table;

/**
 * Acquisitions of the idle connections' locks, for each way from a client to the origin: HAProxy's own before and after its commit
 * e388f2fbc, and the sample proxy's without and with the agent. Counts of events, no times.
 *
 * @param loops of each proxy; HAProxy's threads
 * @param rows  one for each way
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LockFigures(int loops, List<Row> rows) {

    private static final List<String> HEAD = List.of("client to origin", "http-reuse", "HAProxy before", "HAProxy after", "plain", "bypass",
            "wake, plain", "wake, bypass", "get + insert", "other", "takeovers/1000 req");

    /**
     * One way.
     *
     * @param way           as it is printed
     * @param reuse         http-reuse
     * @param haproxyBefore acquisitions a request
     * @param haproxyAfter  acquisitions a request
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Row(String way, String reuse, double haproxyBefore, double haproxyAfter, Counts plain, Counts bypass) {

        private List<String> cells() {
            Stream<Object> all = Stream.of(way, reuse, two(haproxyBefore), two(haproxyAfter), two(plain.total()), two(bypass.total()),
                    two(plain.each(plain.wake())), two(bypass.each(bypass.wake())), two(bypass.each(bypass.get() + bypass.insert())),
                    two(bypass.each(bypass.other())), two(1000 * bypass.each(bypass.takeovers())));
            return all.map(String::valueOf).toList();
        }
    }

    /**
     * Of one proxy's whole life.
     *
     * @param wake      acquisitions by wakes; get, insert and other likewise, by what they are for
     * @param takeovers how many there were
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Counts(long requests, long wake, long get, long insert, long other, long takeovers) {

        private double total() {
            return each(wake + get + insert + other);
        }

        private double each(long count) {
            return count / (double) requests;
        }
    }

    static LockFigures read(Path json) throws IOException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build().readValue(json.toFile(), LockFigures.class);
    }

    Table table() {
        return new Table(2, HEAD, rows.stream().map(Row::cells).toList());
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}

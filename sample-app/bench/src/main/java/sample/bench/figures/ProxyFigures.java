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
 * What the agent counted in released proxies. Counts of events, no times.
 *
 * @param requests through each proxy
 * @param rows     one for each proxy and JDK
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ProxyFigures(int requests, List<Row> rows) {

    private static final List<String> HEAD = List.of("proxy", "of", "target", "woven", "jdk", "locked", "bypassed", "audited", "violations");

    /**
     * One proxy on one JDK.
     *
     * @param version    what it is made of
     * @param woven      places, by kind
     * @param acquired   of the locks that the target times
     * @param audited    calls with a clear flag that were compared under the lock; null where the target only observes
     * @param violations that audit found; null likewise
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Row(String proxy, String version, String target, int jdk, String woven, long acquired, long bypassed, Long audited, Long violations) {

        private List<String> cells() {
            Stream<Object> all = Stream.of(proxy, version, "`" + target + "`", woven, jdk, acquired, bypassed, or(audited), or(violations));
            return all.map(String::valueOf).toList();
        }

        private static Object or(Long count) {
            return count == null ? "-" : count;
        }
    }

    static ProxyFigures read(Path json) throws IOException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build().readValue(json.toFile(), ProxyFigures.class);
    }

    Table table() {
        return new Table(4, HEAD, rows.stream().map(Row::cells).toList());
    }
}

package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsIT {

    private static final List<String> COUNTS =
            List.of("acquired", "contended", "bypassed", "needless", "guarded", "waitTime", "failedTries", "violations", "droppedEvents");

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void rowsOfARecordingOfTheJvmsLifeSumUpToTheCounters(Jdk jdk, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("life.jfr");
        Path settings = folder.resolve("usr1.jfc");
        try (InputStream shipped = Chunks.class.getResourceAsStream("usr1.jfc")) {
            Files.copy(shipped, settings);
        }
        Map<String, String> printed = new Fork(jdk)
                .options("-XX:StartFlightRecording:settings=default,settings=" + settings + ",filename=" + file).run(StatisticsMain.class);
        List<RecordedEvent> rows = Fixture.only(Fixture.read(file), PoolStatistics.class);
        Map<String, String> expected = new TreeMap<>();
        for (String role : List.of("fixture.wake.", "fixture.get.", "late.insert.")) {
            COUNTS.forEach(count -> expected.put(role + count, printed.get(role + count)));
        }
        assertEquals(expected, sums(rows), printed.get("output"));
        assertEquals("5", printed.get("fixture.wake.contended"));
        assertTrue(Long.parseLong(printed.get("fixture.wake.droppedEvents")) > 0, "a limit of one a second drops some of five");
        assertEquals(1, rows.stream().map(row -> row.getThread().getJavaName()).distinct().count(), "a line chart needs one thread");
        assertTrue(rows.stream().filter(row -> row.getInt("bypassed") > 0).count() > 3, "more than one row a role");
    }

    private static Map<String, String> sums(List<RecordedEvent> rows) {
        Map<String, Long> sums = new TreeMap<>();
        for (RecordedEvent row : rows) {
            COUNTS.forEach(count -> sums.merge(row.getString("target") + "." + row.getString("role") + "." + count, row.getLong(count), Long::sum));
        }
        return sums.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, sum -> String.valueOf(sum.getValue())));
    }
}

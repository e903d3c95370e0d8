package sample.bench.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of JMH's file what is measured is kept, and nothing of the machine's paths. */
class CostFiguresTest {

    private static final String JMH = """
            [%s, %s, %s]""".formatted(result("lockAlone", "[[4.0, 5.0], [6.0]]", 0), result("lockWoven", "[[10.0, 10.0], [10.0]]", 160), result("waitWritten", "[[60.04, 62.0], [64.0]]", 120));

    @TempDir
    private Path folder;

    @Test
    void wovenStandsBesideTheSameWithoutTheAgent() throws IOException {
        Path json = folder.resolve("costs.json");
        CostFigures.ofJmh(Files.writeString(folder.resolve("jmh.json"), JMH)).write(json);
        assertEquals("""
                what                           recording  without the agent, ns            woven, ns  ratio  more, ns   B/op
                a lock that nobody else wants  usr1.jfc        5.0 (4.0 to 6.0)  10.0 (10.0 to 10.0)    2.0       5.0  160.0
                the event of a wait            usr1.jfc                          62.0 (60.0 to 64.0)                   120.0
                """, CostFigures.read(json).table().aligned());
        assertFalse(Files.readString(json).contains("/usr/"), "a path of the machine");
    }

    @Test
    void theGoalIsForALockThatIsOnlyObserved() throws IOException {
        String none = JMH.replace("usr1.jfc", "none");
        assertEquals("+5.00 (+2.52 to +7.48) no", CostFigures.ofJmh(Files.writeString(folder.resolve("jmh.json"), none)).goals().stream()
                .map(goal -> goal.measured() + " " + goal.met()).findFirst().orElseThrow());
    }

    private static String result(String benchmark, String raw, int bytes) {
        return """
                {"benchmark": "io.usr1.events.CostBenchmarks.%s", "jvm": "/usr/lib/java", "jdkVersion": "17.0.21", "forks": 2, "measurementIterations": 2,
                 "measurementTime": "1 s", "params": {"recording": "usr1.jfc"}, "primaryMetric": {"score": 5.0, "rawData": %s},
                 "secondaryMetrics": {"gc.alloc.rate": {"score": 1.0}, "gc.alloc.rate.norm": {"score": %d}}}""".formatted(benchmark, raw, bytes);
    }
}

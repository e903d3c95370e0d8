package sample.bench.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.TestGrading;

/**
 * The wake as woven against the proxy's own takeover: never do both threads have the connection, and where the flag is made to lie
 * they do. That jcstress ends well is not enough: it also does so when it has skipped a test.
 *
 * <p>Alone: {@code mvn verify -pl sample-app/bench -am -Dtest=NONE -Dit.test=WovenWakeStressIT
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}. What jcstress says is in
 * {@code target/stress/<jdk>/output.txt}. It needs two cores.
 */
class WovenWakeStressIT {
    private static final String BYPASSING = "sample.proxy.AttachThenWakeVsTakeover.ClearAfterUnlink";
    private static final Set<String> SOUND =
            Set.of("sample.proxy.WakeVsTakeover.Flagged", BYPASSING, "sample.proxy.InsertThenWakeVsTakeover.Flagged",
                    "sample.proxy.TimeoutVsTakeover.Flagged", "sample.proxy.PurgeVsTakeover.Flagged", "sample.proxy.TlsWakeVsTakeover.Flagged");
    private static final Set<String> WEAKER = Set.of("sample.proxy.WakeVsTakeover.FlagLost",
            "sample.proxy.AttachThenWakeVsTakeover.ClearWhileListed", "sample.proxy.InsertThenWakeVsTakeover.FlagLost",
            "sample.proxy.TimeoutVsTakeover.FlagLost", "sample.proxy.PurgeVsTakeover.FlagLost");
    private static final List<String> LOCKS = List.of("reentrant", "synchronized", "spin");

    @ParameterizedTest
    @MethodSource("io.usr1.testing.Jdks#stream")
    void theConnectionHasOneOwner(Jdk jdk) throws Exception {
        StressRun run = StressRun.on(jdk, Path.of(System.getProperty("test.agent.jar")), Path.of(System.getProperty("test.target")),
                Path.of("target", "stress", jdk.toString()).toAbsolutePath());
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        run.results().forEach(result -> result.getStateKeys().forEach(outcome ->
                counts.computeIfAbsent(result.getName(), test -> new TreeMap<>()).merge(outcome, result.getCount(outcome), Long::sum)));
        assertAll(
                () -> ran(run, counts.keySet()),
                () -> assertEquals(List.of(), forbidden(run), "FORBIDDEN was seen"),
                () -> raced(counts),
                () -> bypassed(run, counts),
                () -> assertEquals(0, run.exitCode(), "exit code of jcstress"));
    }

    private static void ran(StressRun run, Set<String> tests) {
        run.results().forEach(result -> assertEquals(Status.NORMAL, result.status(), () -> result.getName() + " " + result.getMessages()));
        Set<String> all = new HashSet<>(SOUND);
        all.addAll(WEAKER);
        assertEquals(all, tests, "tests with results");
    }

    private static List<String> forbidden(StressRun run) {
        List<String> failures = new ArrayList<>();
        for (TestResult result : run.results()) {
            TestGrading grading = TestGrading.grade(result);
            if (!grading.isPassed) {
                failures.add(result.getName() + " " + grading.failureMessages);
            }
        }
        return failures;
    }

    /** Every outcome that there can be was there, with every lock: the threads did meet, and a flag that lies does harm. */
    private static void raced(Map<String, Map<String, Long>> counts) {
        for (String lock : LOCKS) {
            for (String test : SOUND) {
                for (String outcome : List.of("true, false, ok, ", "false, true, ok, ")) {
                    assertTrue(count(counts, test, outcome, lock) > 0, () -> test + ": never '" + outcome + lock + "'");
                }
            }
            for (String test : WEAKER) {
                assertTrue(count(counts, test, "true, true, ", lock) > 0, () -> test + ": never both, with the lock " + lock);
            }
        }
    }

    /** The wakes that should bypass the lock did, all of them, and no other: each fork's gate was open. */
    private static void bypassed(StressRun run, Map<String, Map<String, Long>> counts) {
        run.forks().forEach(fork -> assertEquals("open", fork.state(), "gate of a fork"));
        assertEquals(run.results().size(), run.forks().size(), "forks that the agent has woven");
        long expected = count(counts, BYPASSING, "true, false, ", "");
        assertTrue(expected > 0, "no wake bypassed the lock");
        for (String test : WEAKER) {
            expected += count(counts, test, "", "");
        }
        assertEquals(expected, run.forks().stream().mapToLong(ForkCounters::bypassed).sum(), "bypassed wakes, by the agent's count");
    }

    private static long count(Map<String, Map<String, Long>> counts, String test, String start, String end) {
        return counts.getOrDefault(test, Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(start) && entry.getKey().endsWith(end)).mapToLong(Map.Entry::getValue).sum();
    }
}

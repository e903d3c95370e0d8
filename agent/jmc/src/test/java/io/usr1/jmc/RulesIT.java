package io.usr1.jmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.findings.Evidence;
import io.usr1.findings.Finding;
import io.usr1.findings.Kind;
import io.usr1.testing.Jdks.Jdk;
import io.usr1.testing.RecordingChunks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Each rule speaks on a recording made for it, and only there; none ever fails. */
class RulesIT {

    /** Which of our rules have something to say about a recording. */
    private static final Map<Scenario, Set<String>> FIRE = Map.of(
            Scenario.HEALTHY, Set.of(),
            Scenario.OBSERVED, Set.of("io.usr1.bypass", "io.usr1.gates"),
            Scenario.BLOCKED, Set.of("io.usr1.contention", "io.usr1.gates"),
            Scenario.BLOCKED_PLAIN, Set.of(),
            Scenario.CONVOY, Set.of("io.usr1.convoy"),
            Scenario.STUCK, Set.of("io.usr1.flag"),
            Scenario.SHUT, Set.of("io.usr1.gates", "io.usr1.bypass"),
            Scenario.REFUSED, Set.of("io.usr1.gates"),
            Scenario.VIOLATED, Set.of("io.usr1.violations", "io.usr1.gates"),
            Scenario.EVERYTHING, Set.of("io.usr1.violations", "io.usr1.gates", "io.usr1.convoy", "io.usr1.bypass"));

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("io.usr1.jmc.Recorded#all")
    void fireWhereTheyShould(Jdk jdk, Scenario scenario) throws Exception {
        Map<String, IResult> results = MissionControl.results(jdk, scenario);
        Set<String> ours = new TreeSet<>(results.keySet());
        ours.removeIf(id -> !id.startsWith("io.usr1."));
        assertEquals(6, ours.size(), "the service file names them all");
        assertTrue(results.size() > 60, "and the JDK's are there, too");
        Set<String> fired = new TreeSet<>();
        ours.stream().filter(id -> score(results.get(id)) >= Severity.INFO.getLimit()).forEach(fired::add);
        // How many threads wait at any one time in a convoy of a few milliseconds is the machine's business.
        fired.removeIf(id -> id.equals("io.usr1.contention") && (scenario == Scenario.CONVOY || scenario == Scenario.EVERYTHING));
        assertEquals(new TreeSet<>(FIRE.get(scenario)), fired, () -> said(results, ours));
        for (String id : fired) {
            IResult result = results.get(id);
            assertTrue(result.getSummary().matches("(?s).*\\d.*|.*refused.*|.*is shut.*"), result.getSummary());
            assertFalse(result.getSolution().isBlank(), id + " says what to do");
            assertFalse(result.getResult(TypedResult.ITEM_QUERY) == null, id + " shows its events");
        }
    }

    /** On the same load the JDK's rule warns of the monitor, and nobody but ours of the ReentrantLock. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void seeInAReentrantLockWhatTheJdksRuleSeesInAMonitor(Jdk jdk) throws Exception {
        double monitor = score(MissionControl.results(jdk, Scenario.BLOCKED_PLAIN).get("JavaBlocking"));
        Map<String, IResult> results = MissionControl.results(jdk, Scenario.BLOCKED);
        assertTrue(monitor >= Severity.WARNING.getLimit(), "the JDK's rule on synchronized: " + monitor);
        assertTrue(score(results.get("JavaBlocking")) < Severity.INFO.getLimit(), "the JDK's rule on ReentrantLock");
        double ours = score(results.get("io.usr1.contention"));
        assertTrue(ours >= monitor, ours + " against " + monitor);
        String summary = results.get("io.usr1.contention").getSummary();
        assertTrue(summary.matches("Threads waited [0-9.]+ s for pool locks in .*: \\d+ of 60 acquisitions had to wait, .*"
                + "pool ReentrantLock@[0-9a-f]+ \\(100.0 %\\); role insert \\(100.0 %\\); behind thread worker-\\d .*, in Pool#insert .*"), summary);
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void countWhatABypassWouldSave(Jdk jdk) throws Exception {
        assertTrue(MissionControl.results(jdk, Scenario.OBSERVED).get("io.usr1.bypass").getSummary().startsWith("Needless wake locks: 800 of 1000 (80.0 %"));
        assertTrue(MissionControl.results(jdk, Scenario.HEALTHY).get("io.usr1.bypass").getSummary()
                .contains("800 of 1000 wakes bypassed the lock (80.0 %)"));
    }

    /** A recording is anybody's input, and what a rule says is shown as HTML with what stands in braces filled in. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void letNoNameBecomeMarkup(Jdk jdk) throws Exception {
        assertEquals("Target fixture was refused in loader app, so every lock stays: &lt;b&gt;Pool&lt;/b&gt;#get &#123;0&#125; has no lock.",
                MissionControl.results(jdk, Scenario.REFUSED).get("io.usr1.gates").getSummary());
    }

    /** A recording that was put together from parts may have its chunks in any order; what counts is when things happened. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void sayTheSameWhateverTheOrderOfTheChunks(Jdk jdk, @TempDir Path folder) throws Exception {
        for (Scenario scenario : List.of(Scenario.SHUT, Scenario.EVERYTHING)) {
            Path reversed = RecordingChunks.reversed(Recorded.file(jdk, scenario), folder.resolve(scenario + ".jfr"));
            Map<String, IResult> results = MissionControl.results(JfrLoaderToolkit.loadEvents(reversed.toFile()));
            assertEquals(ours(MissionControl.results(jdk, scenario)), ours(results), scenario::toString);
            assertTrue(scenario != Scenario.SHUT || results.get("io.usr1.gates").getSummary().contains("a class of the pool was redefined"), "the gate was open before");
        }
    }

    /** Recordings without the agent, without any event of ours, without anything: nothing to say is said in a sentence, and no rule fails. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void haveNothingToSayOfARecordingWithoutTheAgent(Jdk jdk) throws Exception {
        Map<String, IResult> results = MissionControl.results(jdk, Scenario.BLOCKED_PLAIN);
        results.forEach((id, result) -> assertTrue(!id.startsWith("io.usr1.") || result.getSeverity() == Severity.NA && !result.getSummary().isBlank(), id + ": " + result.getSummary()));
        for (Kind kind : Kind.values()) {
            Finding finding = kind.judge(new Evidence());
            assertTrue(finding.score() < Severity.INFO.getLimit() && finding.sentence().endsWith("."), finding.toString());
        }
    }

    private static List<String> ours(Map<String, IResult> results) {
        return results.entrySet().stream().filter(each -> each.getKey().startsWith("io.usr1.")).map(each -> each.getKey() + " " + score(each.getValue()) + " " + each.getValue().getSummary()).toList();
    }

    private static double score(IResult result) {
        return result.getResult(TypedResult.SCORE) == null ? -1 : result.getResult(TypedResult.SCORE).doubleValue();
    }

    private static String said(Map<String, IResult> results, Set<String> ours) {
        return Arrays.toString(ours.stream().map(id -> "\n" + id + " " + score(results.get(id)) + ": " + results.get(id).getSummary()).toArray());
    }
}

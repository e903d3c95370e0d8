package sample.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each identity holds for a made-up good arm, and each turns red when one of its counters is off by one. */
class VerdictTest {

    @ParameterizedTest
    @CsvSource({"plain, always", "plain, never", "observe, always", "observe, never", "bypass, always", "bypass, never"})
    void aGoodArmIsGreen(String name, String reuse) {
        assertEquals(Set.of(), red(arm(name, reuse)));
    }

    @ParameterizedTest
    @CsvSource({
            "plain, always, errors, errors == 0",
            "plain, always, wrongBodies, wrongBodies == 0",
            "plain, never, proxyErrors, errors made by the proxy == 0",
            "observe, always, loopFailures, loopFailures == 0",
            "observe, always, violations, violations == 0",
            "observe, always, bypassed, bypassed == 0",
            "plain, always, requests, requests == sent",
            "bypass, always, getLocks, getLocks == lookups",
            "bypass, always, insertsOffered, insertLocks == insertsOffered",
            "bypass, always, tryLocksWon, tryLocksWon == takeovers + emptyScans + probeRefusals",
            "bypass, always, emptyScans, tryLocksWon == takeovers + emptyScans + probeRefusals",
            "plain, always, wakes, wakeLocks == wakes",
            "plain, always, idleWakes, wakeLocks == staleWakes + idleWakes + otherLockedWakes",
            "bypass, always, wakes, wakes == wakeLocks + bypassed",
            "bypass, always, bypassed, wakes == wakeLocks + bypassed",
            "bypass, always, frontWakeLocks, frontWakeLocks == 0",
            "bypass, never, otherLockedWakes, otherLockedWakes == 0 | wakeLocks == staleWakes + idleWakes + otherLockedWakes",
            "bypass, never, wakeLocks, wakeLocks == 0 | wakeLocks == staleWakes + idleWakes + otherLockedWakes"
                    + " | wakes == wakeLocks + bypassed"})
    void oneMoreIsRed(String name, String reuse, String counter, String identities) {
        ObjectNode arm = arm(name, reuse);
        arm.put(counter, arm.get(counter).asLong() + 1);
        assertEquals(new TreeSet<>(List.of(identities.split(" \\| "))), red(arm));
    }

    @Test
    void aRefusedTargetIsRedAndSaysWhy() {
        ObjectNode arm = arm("bypass", "always").put("gateState", "refused").put("gateReason", "wake() writes a field");
        List<String> failures = Verdict.judge(List.of(ArmResult.of(arm, "test"))).stream()
                .flatMap(verdict -> verdict.failures().stream()).toList();
        assertEquals(List.of("bypass/spin/always on JDK 17: the gate is open does not hold: its state is refused."
                + " The agent says: wake() writes a field."), failures);
    }

    @Test
    void aMissingCounterIsOneSentence() {
        ObjectNode arm = arm("plain", "always");
        arm.remove("staleWakes");
        String sentence = assertThrows(DemoFailure.class, () -> ArmResult.of(arm, "summary.json")).getMessage();
        assertTrue(sentence.startsWith("summary.json: cannot read the counters: ") && sentence.contains("staleWakes"), sentence);
    }

    @Test
    void theSummaryHoldsEveryCounterAndNothingElse() throws Exception {
        String json = new Summary(List.of(ArmResult.of(arm("plain", "always"), "test"))).json();
        Set<String> written = new TreeSet<>();
        new ObjectMapper().readTree(json).path("arms").path(0).fieldNames().forEachRemaining(written::add);
        assertEquals(Arrays.stream(ArmResult.class.getRecordComponents()).map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new)), written);
    }

    private static Set<String> red(ObjectNode arm) {
        return Verdict.judge(List.of(ArmResult.of(arm, "test"))).stream().filter(verdict -> !verdict.holds())
                .map(verdict -> verdict.identity().text()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** 100 requests; 40 of them with a takeover, if connections are shared. */
    private static ObjectNode arm(String name, String reuse) {
        boolean bypass = name.equals("bypass");
        int takeovers = reuse.equals("always") ? 40 : 0;
        int shared = reuse.equals("always") ? 100 : 0;
        ObjectNode arm = new ObjectMapper().createObjectNode();
        Arrays.stream(ArmResult.class.getRecordComponents()).filter(component -> component.getType().isPrimitive())
                .forEach(component -> arm.put(component.getName(), 0));
        arm.put("name", name).put("jdk", 17).put("lock", "spin").put("reuse", reuse).put("loops", 4)
                .put("gateState", name.equals("plain") ? null : "open").putNull("gateReason").putNull("lastRound");
        arm.put("sent", 100).put("requests", 100).put("wakes", 200 + takeovers).put("frontWakes", 100)
                .put("takeovers", takeovers).put("staleWakes", takeovers)
                .put("tryLocksWon", takeovers + 3L).put("emptyScans", 2).put("probeRefusals", 1)
                .put("getLocks", shared).put("lookups", shared).put("insertLocks", shared).put("insertsOffered", shared);
        return arm.put("wakeLocks", takeovers + (bypass ? 0 : 200)).put("otherLockedWakes", bypass ? 0 : 200)
                .put("frontWakeLocks", bypass ? 0 : 100).put("bypassed", bypass ? 200 : 0);
    }
}

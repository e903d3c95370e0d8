package io.usr1.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {

    private static final long SECOND = 1_000_000_000L;

    private final Evidence evidence = new Evidence();

    @ParameterizedTest @EnumSource
    void anEmptyRecordingAlarmsNobody(Kind kind) {
        Finding finding = kind.judge(evidence);
        assertTrue(finding.score() < Finding.INFORMATION, finding.sentence());
        assertFalse(finding.sentence().contains("NaN") || finding.sentence().contains("null"), finding.sentence());
        assertEquals("", finding.advice());
    }

    @Test void wordsAreUnique() {
        assertEquals(Kind.values().length, Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.toSet()).size());
    }

    @Test void oneThreadThatAlwaysWaitsIsAWarning() {
        length(10);
        evidence.statistics(role("get", 50, 50, 0, 0, 0, 10 * SECOND));
        assertTrue(Kind.CONTENTION.judge(evidence).score() >= Finding.WARNING);
    }

    @Test void waitsThatWereTooManyForEventsCountAllTheSame() {
        length(10);
        evidence.statistics(role("get", 5000, 4000, 0, 0, 0, 2 * SECOND));
        evidence.wait(wait("get", null, 1000));
        assertTrue(Kind.CONTENTION.judge(evidence).sentence().startsWith("Threads waited 2.00 s for pool locks in 10.0 s: 4000 of 5000 acquisitions had to wait"),
                Kind.CONTENTION.judge(evidence).sentence());
    }

    @Test void needlessIsOfAllThatLookedAndNotOfOtherLocks() {
        evidence.statistics(role("wake", 100, 0, 0, 60, 40, 0));
        evidence.statistics(role("get", 5000, 0, 0, 0, 0, 0));
        Finding finding = Kind.NEEDLESS.judge(evidence);
        assertEquals("Needless wake locks: 60 of 100 (60.0 %). None was bypassed.", finding.sentence());
        assertEquals(60, finding.score(), 0.001);
        assertTrue(finding.advice().contains("the 40 whose connection"), finding.advice());
    }

    @Test void aFlagIsJudgedByItsWorstRoleAndOnlyIfItWasLookedAtOften() {
        evidence.statistics(role("wake", 100, 0, 900, 0, 100, 0));
        evidence.statistics(role("ping", 99, 0, 0, 0, 99, 0));
        assertEquals(0, Kind.STUCK_FLAG.judge(evidence).score());
        evidence.statistics(role("ping", 1, 0, 0, 0, 1, 0));
        assertEquals(100, Kind.STUCK_FLAG.judge(evidence).score());
    }

    @Test void aRefusalThatWasCorrectedLaterIsForgotten() {
        evidence.rewrite("t", "app", "no lock");
        evidence.gate(new Gate("t", "app", "bypass", "shut", "a class was redefined"));
        evidence.gate(new Gate("u", "app", "observe", "shut", "usr1.mode is observe"));
        Finding three = Kind.INACTIVE.judge(evidence);
        assertTrue(three.sentence().endsWith("a class was redefined. 2 more are not bypassed either."), three.sentence());
        evidence.rewrite("t", "app", null);
        evidence.gate(new Gate("t", "app", "bypass", "open", null));
        evidence.gate(new Gate("u", "app", "bypass", "open", null));
        assertEquals("Every gate is open (2).", Kind.INACTIVE.judge(evidence).sentence());
    }

    @Test void aTargetOfWhichNoClassWasSeenIsSaid() {
        evidence.settings("1", "bypass", "mine");
        assertEquals("No class of the targets mine was seen: nothing is woven.", Kind.INACTIVE.judge(evidence).sentence());
    }

    @Test void onlyWhatWasAuditedIsFreeOfViolations() {
        evidence.settings("1", "observe", "t");
        assertFalse(Kind.VIOLATIONS.judge(evidence).known());
        evidence.gate(new Gate("t", "app", "audit", "shut", "usr1.mode is audit"));
        assertEquals(0, Kind.VIOLATIONS.judge(evidence).score());
    }

    @Test void aFewWakesBehindTakeoversAreChance() {
        for (int i = 0; i < 9; i++) {
            evidence.wait(wait("wake", "takeover", 1000));
        }
        assertTrue(Kind.CONVOY.judge(evidence).score() < Finding.INFORMATION);
        evidence.wait(wait("wake", "takeover", 1000));
        assertEquals(100, Kind.CONVOY.judge(evidence).score());
        for (int i = 0; i < 40; i++) {
            evidence.wait(wait("insert", "takeover", 1000));
        }
        assertEquals(20, Kind.CONVOY.judge(evidence).score(), 0.001);
    }

    @Test void nobodyKnowsWhatAMonitorIsHeldFor() {
        evidence.wait(wait("wake", null, 1000));
        assertFalse(Kind.CONVOY.judge(evidence).known());
    }

    @Test void groupsWithoutNumberAreAddedUpInOne() {
        for (int i = 0; i < 5000; i++) {
            evidence.wait(new Wait("t", "p" + i, "wake", "s", null, null, null, 0, 1));
        }
        assertEquals(1001, evidence.waits().by(Waits.By.POOL).size());
        assertEquals(4000, evidence.waits().by(Waits.By.POOL).get(0).getValue().count());
    }

    @Test void timesAreReadable() {
        assertEquals("0 ns", Finding.time(0));
        assertEquals("999 ns", Finding.time(999));
        assertEquals("1.00 us", Finding.time(1000));
        assertEquals("12.3 ms", Finding.time(12_345_678));
        assertEquals("4000 s", Finding.time(4e12));
    }

    private void length(int seconds) {
        evidence.at(0);
        evidence.at(seconds * SECOND);
    }

    private static Wait wait(String role, String ownerRole, long nanos) {
        return new Wait("t", "pool", role, "Pool#" + role, "owner", ownerRole, ownerRole, 0, nanos);
    }

    private static Role role(String role, long acquired, long contended, long bypassed, long needless, long guarded, long nanos) {
        return new Role("t", role, acquired, contended, bypassed, needless, guarded, nanos, 0, 0, 0);
    }
}

package io.usr1.runtime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.runtime.model.ReplacesCarrier.Scenario;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReplacesCarrierTest {

    private static final Scenario LOOPS = new Scenario("two loops, 4 operations each", 4, 4, 0, 0, 0, true);
    private static final Scenario PURGE = new Scenario("two loops, a purger", 3, 3, 0, 1, 0, true);
    private static final Scenario MISSED = new Scenario("two loops, a purger, a mark missed", 3, 3, 0, 1, 1, true);
    private static final Scenario FLIPS = new Scenario("two loops, an operator, a mark missed", 2, 2, 2, 0, 1, true);
    private static final Scenario UNBORN = new Scenario("carriers UNKNOWN at birth", 4, 4, 0, 0, 0, false);
    private static final Scenario LAYERS = new Scenario("two loops, two layers", 3, 3, 0, 0, 0, true, 2);
    private static final Scenario LAYERS_UNBORN = new Scenario("two layers, carriers UNKNOWN at birth", 3, 3, 0, 0, 0, false, 2);

    private static final Checks CHECKS = new Checks("replaces-carrier");

    @AfterAll static void table() {
        CHECKS.table();
    }

    @Test void isSoundForTwoLoops() {
        CHECKS.holds(LOOPS.name(), model(LOOPS, Mutant.NONE));
    }

    @Test void isSoundForCarriersThatWereNotSeenMade() {
        CHECKS.holds(UNBORN.name(), model(UNBORN, Mutant.NONE));
    }

    @Test void isSoundBesideAPurger() {
        CHECKS.holds(PURGE.name(), model(PURGE, Mutant.NONE));
    }

    @Test void isSoundWhateverTheModeAndIfAMarkIsMissed() {
        CHECKS.holds(FLIPS.name(), model(FLIPS, Mutant.NONE));
    }

    @Test void isSoundForTwoLayers() {
        CHECKS.holds(LAYERS.name(), model(LAYERS, Mutant.NONE));
        CHECKS.holds(LAYERS_UNBORN.name(), model(LAYERS_UNBORN, Mutant.NONE));
    }

    @Test void aLayerThatIsNotSet() {
        CHECKS.finds(Mutant.LAYER_UNSET, Rule.I1_I2, Rule.STOLEN, model(LAYERS, Mutant.LAYER_UNSET));
    }

    @Test void aLayerThatIsNotCleared() {
        CHECKS.finds(Mutant.LAYER_NOT_CLEARED, Rule.I14, null, model(LAYERS_UNBORN, Mutant.LAYER_NOT_CLEARED));
    }

    @Test void aLayerThatStaysBehind() {
        CHECKS.finds(Mutant.LAYER_KEPT, Rule.I8, Rule.I8, model(LAYERS, Mutant.LAYER_KEPT));
    }

    @Test void aLayerThatIsReplacedInAnotherLockHold() {
        CHECKS.finds(Mutant.LAYER_LATER, Rule.I8, Rule.I8, model(LAYERS, Mutant.LAYER_LATER));
    }

    @Test void hasNoStepThatIsNeverTaken() {
        Exploration all = Explorer.explore(model(MISSED, Mutant.NONE).get(), Memory.SEQUENTIAL, Rule.ALL);
        List<String> untaken = all.untaken().stream().map(Step::name).filter(name -> !name.isEmpty()).toList();
        assertEquals(List.of("purge list: take", "unlock L1"), untaken, "B's purge list is always empty; all else should happen");
    }

    @Test void plainMarksDoHere() {
        CHECKS.holds("marks are plain writes", model(PURGE, Mutant.PLAIN_FLAG));
    }

    @Test void noSet() {
        finds(Mutant.NO_SET, Rule.I1_I2, Rule.STOLEN);
    }

    @Test void setAfterInsert() {
        finds(Mutant.SET_AFTER_INSERT, Rule.I1_I2, Rule.STOLEN);
    }

    @Test void clearBeforeUnlink() {
        finds(Mutant.CLEAR_BEFORE_UNLINK, Rule.I1_I2, Rule.STOLEN);
    }

    @Test void flagOnTheConnection() {
        finds(Mutant.FLAG_ON_CONNECTION, Rule.I4, Rule.STOLEN);
    }

    @Test void carrierReusedByATakeover() {
        finds(Mutant.CARRIER_REUSED, Rule.I18, Rule.I8);
    }

    @Test void noClear() {
        CHECKS.bypasses(model(UNBORN, Mutant.NONE));
        CHECKS.neverBypasses(Mutant.NO_CLEAR, model(UNBORN, Mutant.NO_CLEAR));
        finds(Mutant.NO_CLEAR, Rule.I14, null);
    }

    @Test void a1_flagStuck() {
        CHECKS.neverBypasses(Mutant.A1_CLEAR_SETS, model(UNBORN, Mutant.A1_CLEAR_SETS));
        finds(Mutant.A1_CLEAR_SETS, Rule.I14, null);
    }

    @Test void a2_lostUpdate() {
        finds(Mutant.A2_LOST_UPDATE, Rule.I1_I2, Rule.STOLEN);
    }

    @Test void b1_touchAfterPublish() {
        finds(Mutant.B1_TOUCH_AFTER_PUBLISH, Rule.STOLEN, Rule.STOLEN);
    }

    @Test void c1_entryWithoutCheck() {
        finds(Mutant.C1_ENTRY_WITHOUT_CHECK, Rule.I5, Rule.STOLEN);
    }

    @Test void c2_timerWithoutCheck() {
        finds(Mutant.C2_TIMER_WITHOUT_CHECK, Rule.I8, Rule.I8);
    }

    @Test void d4_statusForMembership() {
        finds(Mutant.D4_STATUS_FOR_MEMBERSHIP, Rule.I10, Rule.I10);
    }

    @Test void e1_unlockBeforePurgeList() {
        finds(Mutant.E1_UNLOCK_BEFORE_PURGE_LIST, Rule.I10, Rule.I10);
    }

    @Test void e2_wrongLock() {
        finds(Mutant.E2_WRONG_LOCK, Rule.I16, Rule.I8);
    }

    @Test void e3_lockUnderLock() {
        finds(Mutant.E3_LOCK_UNDER_LOCK, Rule.DEADLOCK, Rule.DEADLOCK);
    }

    @Test void e4_earlyReturn() {
        finds(Mutant.E4_EARLY_RETURN, Rule.DEADLOCK, Rule.DEADLOCK);
    }

    @Test void e5_unlinkOutsideLock() {
        finds(Mutant.E5_UNLINK_OUTSIDE_LOCK, Rule.I6, Rule.I10);
    }

    @Test void e6_twoLocks() {
        finds(Mutant.E6_TWO_LOCKS, Rule.DEADLOCK, Rule.DEADLOCK);
    }

    @Test void f0_takeoverWithoutLock() {
        finds(Mutant.F0_TAKEOVER_WITHOUT_LOCK, Rule.I16, Rule.I8);
    }

    @Test void f0_contextKept() {
        finds(Mutant.F0_CONTEXT_KEPT, Rule.I8, Rule.I8);
    }

    @Test void f2_wakeOnThief() {
        finds(Mutant.F2_WAKE_ON_THIEF, Rule.I18, Rule.LOST);
    }

    @Test void g1_wakeLost() {
        finds(Mutant.G1_WAKE_LOST, Rule.I13, null);
    }

    @Test void g1_noWake() {
        finds(Mutant.G1_NO_WAKE, Rule.I13, null);
    }

    @Test void h1_wrongCount() {
        finds(Mutant.H1_WRONG_COUNT, Rule.I17, null);
    }

    @Test void noMarkWhileShut() {
        CHECKS.finds(Mutant.NO_MARK_WHILE_SHUT, Rule.I1_I2, Rule.STOLEN, model(FLIPS, Mutant.NO_MARK_WHILE_SHUT));
    }

    @Test void missedMarkForgotten() {
        CHECKS.finds(Mutant.MISSED_MARK_FORGOTTEN, Rule.I1_I2, Rule.STOLEN, model(FLIPS, Mutant.MISSED_MARK_FORGOTTEN));
    }

    @Test void settleWithoutMonitor() {
        CHECKS.finds(Mutant.SETTLE_WITHOUT_MONITOR, Rule.I5, Rule.STOLEN, model(FLIPS, Mutant.SETTLE_WITHOUT_MONITOR));
    }

    private void finds(Mutant mutant, Rule first, Rule harm) {
        CHECKS.finds(mutant, first, harm, model(PURGE, mutant));
    }

    private static Supplier<Model> model(Scenario scenario, Mutant mutant) {
        return () -> new ReplacesCarrier(scenario, mutant);
    }
}

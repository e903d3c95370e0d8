package io.usr1.runtime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final Checks CHECKS = new Checks("answer, skip");

    @AfterAll static void table() {
        CHECKS.table();
    }

    @Test void isSoundForThreeThreads() {
        CHECKS.holds("three threads, 2 calls each", () -> new Answer(3, 2, 0, 0, Mutant.NONE));
        CHECKS.bypasses(model(Mutant.NONE));
    }

    @Test void isSoundWhateverTheModeAndIfAMarkIsMissed() {
        CHECKS.holds("two threads, an operator, a mark missed", flips(3, Mutant.NONE));
    }

    @Test void plainMarksDoHere() {
        CHECKS.holds("marks are plain writes", model(Mutant.PLAIN_FLAG));
    }

    /**
     * With the gate read before the flag, an answer given while a mark is being missed is right as of some moment of the call, but not
     * always as of the read of the flag. With the flag first, it is.
     */
    @Test void theMomentOfTheAnswer() {
        Set<Rule> rule = Set.of(Rule.AT_THE_READ);
        assertNull(Explorer.explore(flips(3, Mutant.NONE).get(), Memory.SEQUENTIAL, rule).broken());
        assertEquals(Rule.AT_THE_READ, Explorer.explore(flips(3, Mutant.GATE_BEFORE_FLAG).get(), Memory.SEQUENTIAL, rule).broken());
        assertNull(Explorer.explore(model(Mutant.GATE_BEFORE_FLAG).get(), Memory.SEQUENTIAL, rule).broken(), "while no mark is missed it always is");
        CHECKS.holds("the gate is read before the flag", flips(3, Mutant.GATE_BEFORE_FLAG));
    }

    @Test void noSet() {
        finds(Mutant.NO_SET);
    }

    @Test void setAfterInsert() {
        finds(Mutant.SET_AFTER_INSERT);
    }

    @Test void clearBeforeUnlink() {
        finds(Mutant.CLEAR_BEFORE_UNLINK);
    }

    @Test void noClear() {
        CHECKS.neverBypasses(Mutant.NO_CLEAR, model(Mutant.NO_CLEAR));
    }

    @Test void a1_flagStuck() {
        CHECKS.neverBypasses(Mutant.A1_CLEAR_SETS, model(Mutant.A1_CLEAR_SETS));
    }

    @Test void marksOutsideTheLock() {
        finds(Mutant.MARKS_OUTSIDE_LOCK);
    }

    @Test void refusedInsertClears() {
        finds(Mutant.REFUSED_INSERT_CLEARS);
    }

    @Test void noMarkWhileShut() {
        CHECKS.finds(Mutant.NO_MARK_WHILE_SHUT, Rule.I1_I2, Rule.ANSWER, flips(2, Mutant.NO_MARK_WHILE_SHUT));
    }

    @Test void missedMarkForgotten() {
        CHECKS.finds(Mutant.MISSED_MARK_FORGOTTEN, Rule.I1_I2, Rule.ANSWER, flips(2, Mutant.MISSED_MARK_FORGOTTEN));
    }

    @Test void settleWithoutMonitor() {
        CHECKS.finds(Mutant.SETTLE_WITHOUT_MONITOR, Rule.ANSWER, Rule.ANSWER, flips(2, Mutant.SETTLE_WITHOUT_MONITOR));
    }

    private void finds(Mutant mutant) {
        CHECKS.finds(mutant, Rule.I1_I2, Rule.ANSWER, model(mutant));
    }

    private static Supplier<Model> model(Mutant mutant) {
        return () -> new Answer(3, 2, 0, 0, mutant);
    }

    private static Supplier<Model> flips(int calls, Mutant mutant) {
        return () -> new Answer(2, calls, 2, 1, mutant);
    }
}

package io.usr1.runtime.model;

import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MovesOwnerTest {

    private static final Checks CHECKS = new Checks("moves-owner");

    @AfterAll static void table() {
        CHECKS.table();
    }

    @Test void isSoundForTwoLoops() {
        CHECKS.holds("two loops, 6 operations each", () -> new MovesOwner(6, 0, false, Mutant.NONE));
        CHECKS.holds("the same, CLEAR inside the takeover's lock", () -> new MovesOwner(6, 0, true, Mutant.NONE));
        CHECKS.bypasses(model(Mutant.NONE));
    }

    @Test void isSoundWhateverTheMode() {
        CHECKS.holds("two loops, an operator", () -> new MovesOwner(4, 2, false, Mutant.NONE));
    }

    @Test void noSet() {
        finds(Mutant.NO_SET, Rule.I1_I2, Rule.STOLEN);
    }

    @Test void setAfterInsert() {
        finds(Mutant.SET_AFTER_INSERT, Rule.I14, null);
    }

    @Test void noClear() {
        CHECKS.neverBypasses(Mutant.NO_CLEAR, model(Mutant.NO_CLEAR));
    }

    @Test void noOwnerCheck() {
        finds(Mutant.NO_OWNER_CHECK, Rule.I5, Rule.STOLEN);
    }

    @Test void ownerThenFlag() {
        finds(Mutant.OWNER_THEN_FLAG, Rule.I5, Rule.STOLEN);
    }

    @Test void ownerWrittenAfterClear() {
        finds(Mutant.OWNER_AFTER_CLEAR, Rule.I16, Rule.STOLEN);
    }

    @Test void ownerWrittenAfterTheLock() {
        finds(Mutant.OWNER_AFTER_UNLOCK, Rule.I16, Rule.STOLEN);
    }

    @Test void f0_takeoverWithoutLock() {
        finds(Mutant.F0_TAKEOVER_WITHOUT_LOCK, Rule.I16, Rule.STOLEN);
    }

    @Test void noMarkWhileShut() {
        CHECKS.finds(Mutant.NO_MARK_WHILE_SHUT, Rule.I1_I2, Rule.STOLEN, () -> new MovesOwner(3, 2, false, Mutant.NO_MARK_WHILE_SHUT));
    }

    @Test void auditForgetsTheOwner() {
        CHECKS.finds(Mutant.AUDIT_FORGETS_OWNER, Rule.AUDIT, null, () -> new MovesOwner(4, 2, false, Mutant.AUDIT_FORGETS_OWNER));
    }

    /** Of all models only here a plain mark does harm: CLEAR must not overtake the owner, and the lock does not hold it back. */
    @Test void plainMarks() {
        CHECKS.holds("marks are plain writes, CLEAR after the lock", model(Mutant.PLAIN_FLAG));
        CHECKS.finds(Mutant.PLAIN_FLAG_CLEARED_INSIDE, Memory.REORDERED, Rule.I5, Rule.STOLEN, model(Mutant.PLAIN_FLAG_CLEARED_INSIDE));
    }

    private void finds(Mutant mutant, Rule first, Rule harm) {
        CHECKS.finds(mutant, first, harm, model(mutant));
    }

    private static Supplier<Model> model(Mutant mutant) {
        return () -> new MovesOwner(4, 0, false, mutant);
    }
}

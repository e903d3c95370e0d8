package io.usr1.runtime.model;

import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExclusiveTest {

    private static final Checks CHECKS = new Checks("exclusive");

    @AfterAll static void table() {
        CHECKS.table();
    }

    @Test void isSoundForTwoSerialCallersAndAUser() {
        CHECKS.holds("two serial callers, 3 calls each, a user", () -> new Exclusive(3, 0, Mutant.NONE));
        CHECKS.bypasses(() -> new Exclusive(2, 0, Mutant.NONE));
    }

    @Test void isSoundWhateverTheMode() {
        CHECKS.holds("the same, 2 calls each, an operator", model(Mutant.NONE));
    }

    /** "Not listed" is then right as of some moment of the call, as it would be under the lock, but not as of the read of the flag. */
    @Test void plainMarks() {
        CHECKS.finds(Mutant.PLAIN_FLAG, Memory.REORDERED, Rule.I5, null, () -> new Exclusive(3, 0, Mutant.PLAIN_FLAG));
    }

    @Test void secondCaller() {
        CHECKS.finds(Mutant.SECOND_CALLER, Rule.I17, null, model(Mutant.SECOND_CALLER));
    }

    @Test void noSet() {
        CHECKS.finds(Mutant.NO_SET, Rule.I1_I2, null, model(Mutant.NO_SET));
    }

    @Test void setAfterInsert() {
        CHECKS.finds(Mutant.SET_AFTER_INSERT, Rule.I1_I2, null, model(Mutant.SET_AFTER_INSERT));
    }

    @Test void noClear() {
        CHECKS.neverBypasses(Mutant.NO_CLEAR, model(Mutant.NO_CLEAR));
    }

    @Test void noMarkWhileShut() {
        CHECKS.finds(Mutant.NO_MARK_WHILE_SHUT, Rule.I1_I2, null, model(Mutant.NO_MARK_WHILE_SHUT));
    }

    private static Supplier<Model> model(Mutant mutant) {
        return () -> new Exclusive(2, 2, mutant);
    }
}

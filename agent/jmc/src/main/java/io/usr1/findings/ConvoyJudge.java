package io.usr1.findings;

/**
 * A takeover that wakes the old owner while it holds the old owner's lock makes that owner run straight into it: each
 * takeover then costs a wait, however short the lock is held.
 */
final class ConvoyJudge {

    /** Wakes meet takeovers by chance, too; a few say nothing. */
    private static final long ENOUGH = 10;

    private ConvoyJudge() {
    }

    static Finding judge(Evidence evidence) {
        Waits waits = evidence.waits();
        if (waits.all().count() == 0) {
            return Finding.good(Kind.CONVOY, "No wait for a pool lock was recorded.");
        }
        if (waits.heldFor().count() == 0) {
            return Finding.unknown(Kind.CONVOY, "None of the " + waits.all().count()
                    + " waits says what the lock was held for; only a ReentrantLock names its owner.");
        }
        Totals convoys = waits.convoys();
        double share = 100.0 * convoys.count() / waits.all().count();
        double score = convoys.count() < ENOUGH ? Math.min(share, Finding.INFORMATION - 1) : share;
        String sentence = convoys.count() + " of " + waits.all().count() + " waits (" + Finding.time(convoys.nanos()) + " of "
                + Finding.time(waits.all().nanos()) + ") were wakes behind a takeover that held the lock.";
        return score < Finding.INFORMATION ? new Finding(Kind.CONVOY, score, sentence, "")
                : new Finding(Kind.CONVOY, score, sentence + " So the takeover wakes the old owner while it still holds the lock that this owner will ask for.",
                        "Wake the old owner after the unlock.");
    }
}

package io.usr1.findings;

import io.usr1.findings.Waits.By;
import java.util.List;
import java.util.Map.Entry;

/** How much time threads spent waiting for pool locks, and behind whom. */
final class ContentionJudge {

    /**
     * Threads waiting at any one time, on average, that make it worth a look. JDK Mission Control's own rule for
     * {@code synchronized} takes 1; a proxy has few threads, and one that waits a tenth of its time serves nobody meanwhile.
     */
    private static final double WAITING_THREADS = 0.1;

    private ContentionJudge() {
    }

    static Finding judge(Evidence evidence) {
        Role sum = evidence.sum();
        Waits waits = evidence.waits();
        // The statistics count every wait, also those that are too short or too many for an event; but they may be switched off.
        long nanos = Math.max(sum.waitNanos(), waits.all().nanos());
        long contended = Math.max(sum.contended(), waits.all().count());
        if (contended == 0) {
            return sum.acquired() + sum.bypassed() == 0
                    ? Finding.unknown(Kind.CONTENTION, "No pool lock was taken while this was recorded.")
                    : Finding.good(Kind.CONTENTION, "No thread had to wait for a pool lock (" + sum.acquired() + " acquisitions).");
        }
        double score = Finding.rising((double) nanos / Math.max(1, evidence.lengthNanos()), WAITING_THREADS);
        String sentence = "Threads waited " + Finding.time(nanos) + " for pool locks in " + Finding.time(evidence.lengthNanos()) + ": "
                + contended + (sum.acquired() == 0 ? " acquisitions" : " of " + sum.acquired() + " acquisitions") + " had to wait"
                + (waits.all().count() == 0 ? "" : ", the longest one " + Finding.time(waits.all().longestNanos())) + "." + most(waits);
        return new Finding(Kind.CONTENTION, score, sentence, score < Finding.INFORMATION ? "" : advice(evidence));
    }

    private static String most(Waits waits) {
        if (waits.all().count() == 0) {
            return "";
        }
        return " Most of it: pool " + most(waits, By.POOL) + "; role " + most(waits, By.ROLE) + "; behind thread " + most(waits, By.OWNER)
                + ", in " + most(waits, By.OWNER_SITE) + ".";
    }

    private static String most(Waits waits, By by) {
        List<Entry<String, Totals>> groups = waits.by(by);
        Entry<String, Totals> first = groups.get(0);
        return first.getKey() + " (" + Finding.percent(first.getValue().nanos(), waits.all().nanos()) + ")";
    }

    private static String advice(Evidence evidence) {
        Role sum = evidence.sum();
        if (sum.needless() > sum.acquired() / 4) {
            return "Let needless wakes bypass the lock first: " + Finding.percent(sum.needless(), sum.acquired())
                    + " of all acquisitions were. Then look again.";
        }
        return "Look at what the previous owner does while it holds the lock (usr1-level=detailed records how long each holds it),"
                + " move system calls and wake-ups behind the unlock, or give the pool more locks.";
    }
}

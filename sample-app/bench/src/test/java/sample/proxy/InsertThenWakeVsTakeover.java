package sample.proxy;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * The owner ends an exchange and inserts the connection into its list, where a thief is looking already; then a wake of the
 * connection runs that was queued meanwhile. The insert has SET the flag before it linked the connection, so this wake takes the
 * lock, although the owner's wakes bypassed it until just now (HAProxy e388f2fbc, h1_detach: the flag first, then the list).
 *
 * <p>Results: the owner has processed the connection, the thief has it, what the check afterwards says, under which lock.
 */
final class InsertThenWakeVsTakeover {
    private InsertThenWakeVsTakeover() {
    }

    /** As woven. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, ok, .*", expect = ACCEPTABLE, desc = "The thief came too early or too late.")
    @Outcome(id = "false, true, ok, .*", expect = ACCEPTABLE, desc = "The thief came between insert and wake; the wake was stale.")
    @Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "Both have the connection.")
    @Outcome(expect = FORBIDDEN, desc = "The connection is lost, or an invariant is broken.")
    public static class Flagged {
        private final Scene scene = Scene.usedAndEnded();

        @Actor
        public void owner() {
            scene.meet();
            scene.detach();
            scene.wake();
        }

        @Actor
        public void thief(ZZL_Result result) {
            scene.meet();
            result.r2 = scene.stealSoon();
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r1 = scene.isProcessed();
            result.r3 = scene.check(result.r2);
        }
    }

    /** The same race with a flag that does not stay SET: the late wake bypasses the lock. */
    @JCStressTest
    @State
    @Outcome(id = "true, true, .*", expect = ACCEPTABLE_INTERESTING, desc = "Both have the connection.")
    @Outcome(expect = ACCEPTABLE, desc = "It went well.")
    public static class FlagLost {
        private final Scene scene = Scene.usedAndEnded();

        @Actor
        public void owner() {
            scene.meet();
            scene.detach();
            scene.loseFlag();
            scene.wake();
        }

        @Actor
        public void thief(ZZL_Result result) {
            scene.meet();
            result.r2 = scene.stealSoon();
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r1 = scene.isProcessed();
            result.r3 = scene.check(result.r2);
        }
    }
}

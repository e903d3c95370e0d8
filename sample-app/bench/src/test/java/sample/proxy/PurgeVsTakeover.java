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
 * The owner stops and empties its list while a thief looks for a connection there; then a wake of it runs that was queued meanwhile
 * (HAProxy 9481cef94: a wake that met the purge put the dying connection back).
 *
 * <p>Results: the owner has the connection, the thief has it, what the check afterwards says, under which lock.
 */
final class PurgeVsTakeover {
    private PurgeVsTakeover() {
    }

    /** As woven. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, ok, .*", expect = ACCEPTABLE, desc = "The owner came first; its late wake found nothing to do.")
    @Outcome(id = "false, true, ok, .*", expect = ACCEPTABLE, desc = "The thief came first; the wake was stale.")
    @Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "Both have the connection.")
    @Outcome(expect = FORBIDDEN, desc = "The connection is lost, or an invariant is broken.")
    public static class Flagged {
        private final Scene scene = Scene.listed();

        @Actor
        public void owner(ZZL_Result result) {
            scene.meet();
            result.r1 = scene.purge();
            scene.wake();
        }

        @Actor
        public void thief(ZZL_Result result) {
            scene.meet();
            result.r2 = scene.steal();
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = scene.check(result.r2);
        }
    }

    /** The same race with a flag that is clear while the connection is listed: a wake before it bypasses the lock. */
    @JCStressTest
    @State
    @Outcome(id = "true, true, .*", expect = ACCEPTABLE_INTERESTING, desc = "Both have the connection.")
    @Outcome(expect = ACCEPTABLE, desc = "It went well.")
    public static class FlagLost {
        private final Scene scene = Scene.listedAndEnded();

        /** Loses the flag before the race. */
        public FlagLost() {
            scene.loseFlag();
        }

        @Actor
        public void owner() {
            scene.meet();
            scene.wake();
            scene.purge();
        }

        @Actor
        public void thief(ZZL_Result result) {
            scene.meet();
            result.r2 = scene.steal();
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r1 = scene.isProcessed();
            result.r3 = scene.check(result.r2);
        }
    }
}

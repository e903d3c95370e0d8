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
 * The owner takes a connection from its own list, attaches it to an exchange and is woken for it, while a thief scans that list.
 * The attach has made the flag CLEAR, so this wake bypasses the lock.
 *
 * <p>Results: the owner has processed the connection, the thief has it, what the check afterwards says, under which lock.
 */
final class AttachThenWakeVsTakeover {
    private AttachThenWakeVsTakeover() {
    }

    /** As woven: out of the list under the lock, then CLEAR. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, ok, .*", expect = ACCEPTABLE, desc = "The owner came first, and its wake bypassed the lock.")
    @Outcome(id = "false, true, ok, .*", expect = ACCEPTABLE, desc = "The thief came first; the owner's list was empty.")
    @Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "Both have the connection.")
    @Outcome(expect = FORBIDDEN, desc = "The connection is lost, or an invariant is broken.")
    public static class ClearAfterUnlink {
        private final Scene scene = Scene.listed();

        @Actor
        public void owner() {
            scene.meet();
            if (scene.get()) {
                scene.attach();
                scene.wake();
            }
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

    /**
     * The same race with an owner that attaches without having unlinked. The woven attach would leave the flag of a listed
     * connection alone, so it is cleared by hand.
     */
    @JCStressTest
    @State
    @Outcome(id = "true, true, .*", expect = ACCEPTABLE_INTERESTING, desc = "Both have the connection.")
    @Outcome(expect = ACCEPTABLE, desc = "It went well.")
    public static class ClearWhileListed {
        private final Scene scene = Scene.listed();

        @Actor
        public void owner() {
            scene.meet();
            scene.loseFlag();
            scene.attach();
            scene.wake();
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

package sample.proxy;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A listed connection with TLS becomes readable while a thief looks for one. The TLS layer's wake takes it out of the list and puts it
 * back before the mux's wake takes it out again: the thief may come before, between or after, and gets both layers or none of them
 * (HAProxy a74bb7e26). With one flag clear the other still guards, so there is no weaker variant of this race alone.
 *
 * <p>Results: the owner has processed the connection, the thief has it, what the check afterwards says, under which lock.
 */
final class TlsWakeVsTakeover {
    private TlsWakeVsTakeover() {
    }

    /** As woven. */
    @JCStressTest
    @State
    @Outcome(id = "true, false, ok, .*", expect = ACCEPTABLE, desc = "The owner came first.")
    @Outcome(id = "false, true, ok, .*", expect = ACCEPTABLE, desc = "The thief came first, or between the two wakes.")
    @Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "Both have the connection.")
    @Outcome(expect = FORBIDDEN, desc = "The connection is lost, or an invariant is broken.")
    public static class Flagged {
        private final Scene scene = Scene.securedListedAndEnded();

        @Actor
        public void owner() {
            scene.meet();
            scene.wakeTls();
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

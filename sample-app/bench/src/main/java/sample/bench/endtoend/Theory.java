package sample.bench.endtoend;

import java.util.ArrayList;
import java.util.List;

/** What must be counted, whatever the machine does: of each arm, over its whole life. */
final class Theory {

    private final Arm arm;
    private final Counts life;
    private final List<String> complaints = new ArrayList<>();

    private Theory(Arm arm, Counts life) {
        this.arm = arm;
        this.life = life;
    }

    /** One sentence for each count that is not as it must be. */
    static List<String> complaints(Setup setup, Arm arm, long sent, Counts life) {
        Theory theory = new Theory(arm, life);
        theory.equal("requests", life.requests(), sent);
        theory.equal("errors", life.errors(), 0);
        theory.equal("loopFailures", life.loopFailures(), 0);
        theory.equal("wakeLocks", life.wakeLocks(), life.staleWakes() + life.idleWakes() + life.otherLockedWakes());
        if (!arm.flagged()) {
            theory.equal("wakeLocks (every wake locks)", life.wakeLocks(), life.wakes());
        } else {
            theory.equal("frontWakeLocks (no client connection is ever listed)", life.frontWakeLocks(), 0);
            if (life.takeovers() > 0 && life.staleWakes() == 0) {
                theory.complaints.add("staleWakes: none after " + life.takeovers() + " takeovers, so the flag was never set; all counts: " + life);
            }
            if (arm.reuse().equals("never")) {
                theory.equal("wakeLocks (private connections are in no list)", life.wakeLocks(), 0);
            } else if (setup.way().back().equals("h1")) {
                theory.equal("otherLockedWakes (only what is idle or was taken over locks)", life.otherLockedWakes(), 0);
            }
        }
        return theory.complaints.stream().map(complaint -> setup + ", " + arm + ": " + complaint).toList();
    }

    private void equal(String what, long found, long expected) {
        if (found != expected) {
            complaints.add(what + ": found " + found + ", expected " + expected + "; all counts: " + life);
        }
    }
}

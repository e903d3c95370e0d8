package io.usr1.findings;

import java.util.Comparator;

/**
 * A flag that is set and never cleared costs only speed, so no test sees it: HAProxy's TLS layer had one from 2021 to 2024
 * (its commit edb99e296 cleared it).
 */
final class StuckFlagJudge {

    /** Fewer wakes than this say nothing: a new connection's first wakes may all find the flag set. */
    private static final long ENOUGH = 100;

    /** A busy pool finds the flag clear in most wakes; below this share something is the matter. */
    private static final double USUAL = 0.25;

    private StuckFlagJudge() {
    }

    static Finding judge(Evidence evidence) {
        return evidence.roles().stream().filter(role -> role.looked() >= ENOUGH).max(Comparator.comparingDouble(StuckFlagJudge::score))
                .map(StuckFlagJudge::finding).orElseGet(() -> Finding.unknown(Kind.STUCK_FLAG,
                        "Fewer than " + ENOUGH + " wakes looked at the flag while this was recorded."));
    }

    private static double clear(Role role) {
        return (double) (role.bypassed() + role.needless()) / role.looked();
    }

    private static double score(Role role) {
        return 100 * Math.max(0, 1 - clear(role) / USUAL);
    }

    private static Finding finding(Role role) {
        String sentence = "The flag of target " + role.target() + " was clear in " + (role.bypassed() + role.needless()) + " of " + role.looked()
                + " looks of role " + role.role() + " (" + Finding.percent(role.bypassed() + role.needless(), role.looked()) + ").";
        double score = score(role);
        return score < Finding.INFORMATION ? new Finding(Kind.STUCK_FLAG, score, sentence, "")
                : new Finding(Kind.STUCK_FLAG, score, sentence + " It is set and hardly ever cleared, so hardly any wake can bypass.",
                        "Check the target's 'clear': is there a way to put a connection to use that does not pass it? With carriers made by"
                        + " code that was not woven, or without 'new: not-idle', the flag stays unknown until it is cleared once.");
    }
}

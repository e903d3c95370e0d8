package io.usr1.weaver;

/**
 * A place that is woven.
 *
 * @param role   the target's word: {@code wake}, {@code get}, ...; {@code set} and {@code clear} for marks
 * @param method {@code pkg.Class#method}
 * @param line   source line, 0 if the class does not say
 * @param kind   what is woven
 * @param index  number of the runtime's {@code Site}; -1 for marks, which have none. The sites with a number stand in
 *               {@link Plan#sites()} in the order of their numbers, from 0 and without gaps: the agent must ask the
 *               gate for one site after the other in that order before it lets a woven class be defined
 */
public record PlannedSite(String role, String method, int line, Kind kind, int index) {

    /** What is woven at a site. */
    public enum Kind {
        /** A lock region that is bypassed while the flag is clear; its own acquisition is timed by the same site. */
        BYPASS,
        /** An acquisition that is timed. */
        LOCK,
        /** The flag is set. */
        SET,
        /** The flag is cleared. */
        CLEAR,
        /** Audit looks at the flag. */
        AUDIT,
        /** The breaker looks at the flag. */
        UNLINK
    }
}

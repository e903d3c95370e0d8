package sample.bench.pools;

import java.util.ArrayList;
import java.util.List;

/**
 * What was counted in one JVM, by the agent and beside it, at rest.
 *
 * @param audited  calls with a clear flag that audit compared under the lock
 * @param acquired outermost acquisitions that were left while bypassing
 * @param removed  outermost calls less the acquisitions that they still made
 * @param clear    outermost calls that found the flag clear
 * @param nested   calls with a clear flag by a thread that held the lock already: bypassed, but nothing is saved
 */
record Counted(long sites, long audited, long violations, long bypassed, long acquired, long removed, long clear, long nested, long shut) {

    static Counted of(PoolJvm.Ended ended) {
        return new Counted(ended.of("bypass-sites"), ended.of("audit-needless"), ended.of("audit-violations"), ended.of("bypass-bypassed"), ended.of("tally-acquired"),
                ended.of("tally-asked") - ended.of("tally-inside"), ended.of("tally-clear"), ended.of("tally-nested-clear"), ended.of("bypass-shut"));
    }

    /** Share of all outermost acquisitions that the library would have made. */
    double share() {
        return acquired + removed == 0 ? 0 : (double) removed / (acquired + removed);
    }

    /** What does not hold, as sentences. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        say(failures, violations != 0, "audit found " + violations + " violations");
        say(failures, shut != 0, "a gate is shut");
        say(failures, bypassed == 0, "nothing was bypassed");
        say(failures, removed != clear, "removed " + removed + " acquisitions, but " + clear + " outermost calls found the flag clear");
        say(failures, bypassed != clear + nested, "the agent counted " + bypassed + " bypasses, but " + (clear + nested) + " calls found the flag clear");
        return failures;
    }

    private static void say(List<String> failures, boolean wrong, String sentence) {
        if (wrong) {
            failures.add(sentence);
        }
    }
}

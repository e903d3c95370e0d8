package sample.bench.demo;

import java.util.List;

/**
 * One identity and the arms that break it.
 *
 * @param identity what was to hold
 * @param arms     how many arms it was checked on
 * @param failures one sentence for each arm that breaks it; empty if it holds
 */
record Verdict(Identity identity, int arms, List<String> failures) {

    /** Judges all identities that apply to at least one of the arms. */
    static List<Verdict> judge(List<ArmResult> results) {
        return Identity.ALL.stream().map(identity -> of(identity, results)).filter(verdict -> verdict.arms > 0).toList();
    }

    private static Verdict of(Identity identity, List<ArmResult> results) {
        List<ArmResult> subjects = results.stream().filter(identity.applies()).toList();
        List<String> failures = subjects.stream().filter(arm -> !identity.holds().test(arm)).map(identity::complaint).toList();
        return new Verdict(identity, subjects.size(), failures);
    }

    boolean holds() {
        return failures.isEmpty();
    }

    /** One line for the terminal. */
    @Override
    public String toString() {
        String outcome = holds() ? "ok " : "RED";
        String count = holds() ? String.valueOf(arms) : failures.size() + " of " + arms;
        return "%s  %s  (%s; %s)".formatted(outcome, identity.text(), identity.scope(), count);
    }
}

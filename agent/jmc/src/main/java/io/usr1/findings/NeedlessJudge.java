package io.usr1.findings;

import java.util.Locale;

/** What a bypass would save, or already saves: HAProxy's commit, measured before it is switched on. */
final class NeedlessJudge {

    private NeedlessJudge() {
    }

    static Finding judge(Evidence evidence) {
        Role sum = evidence.roles().stream().filter(role -> role.looked() > 0)
                .reduce(new Role("all", "all", 0, 0, 0, 0, 0, 0, 0, 0, 0), Role::plus);
        if (sum.looked() == 0) {
            return Finding.unknown(Kind.NEEDLESS, "No code that can bypass a pool lock ran while this was recorded.");
        }
        long locked = sum.needless() + sum.guarded();
        double score = 100.0 * sum.needless() / sum.looked();
        String sentence = "Needless wake locks: " + sum.needless() + " of " + locked + " (" + Finding.percent(sum.needless(), locked)
                + (sum.needless() == 0 ? "" : rate(sum.needless(), evidence)) + "). " + (sum.bypassed() == 0 ? "None was bypassed."
                : sum.bypassed() + " of " + sum.looked() + " wakes bypassed the lock (" + Finding.percent(sum.bypassed(), sum.looked()) + ").");
        String advice = score < Finding.INFORMATION ? "" : "With -Dusr1.mode=bypass these wakes take no lock; the " + sum.guarded()
                + " whose connection may be in an idle list still do. Run -Dusr1.mode=audit first: it checks under the lock what a bypass would assume.";
        return new Finding(Kind.NEEDLESS, score, sentence, advice);
    }

    private static String rate(long count, Evidence evidence) {
        double seconds = evidence.lengthNanos() / 1e9;
        return seconds < 1 ? "" : String.format(Locale.ROOT, ", %.0f a second", count / seconds);
    }
}

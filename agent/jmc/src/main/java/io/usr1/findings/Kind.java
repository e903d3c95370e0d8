package io.usr1.findings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The respects in which a recording is judged. */
public enum Kind {

    CONTENTION("Pool Lock Contention", "contention", ContentionJudge::judge),
    NEEDLESS("Needless Wake Locks", "bypass", NeedlessJudge::judge),
    INACTIVE("Bypass Inactive", "gates", InactiveJudge::judge),
    STUCK_FLAG("Flag That Never Clears", "flag", StuckFlagJudge::judge),
    VIOLATIONS("Flag Violations", "violations", ViolationsJudge::judge),
    CONVOY("Wake Inside The Lock", "convoy", ConvoyJudge::judge);

    private final String label;
    private final String word;
    private final Function<Evidence, Finding> judge;

    Kind(String label, String word, Function<Evidence, Finding> judge) {
        this.label = label;
        this.word = word;
        this.judge = judge;
    }

    /** In headline case. */
    public String label() {
        return label;
    }

    /** One word, lower case; unique. */
    public String word() {
        return word;
    }

    public Finding judge(Evidence evidence) {
        return judge.apply(evidence);
    }

    /** All of them, in this order. */
    public static List<Finding> judgeAll(Evidence evidence) {
        return Arrays.stream(values()).map(kind -> kind.judge(evidence)).toList();
    }
}

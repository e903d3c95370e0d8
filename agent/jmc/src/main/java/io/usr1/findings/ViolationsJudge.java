package io.usr1.findings;

import java.util.Comparator;
import java.util.Map.Entry;

/** A clear flag where it must not be: the one finding that means danger and not slowness. */
final class ViolationsJudge {

    private ViolationsJudge() {
    }

    static Finding judge(Evidence evidence) {
        long events = evidence.violations().values().stream().mapToLong(Long::longValue).sum();
        long count = Math.max(events, evidence.sum().violations());
        if (count == 0) {
            boolean audited = "audit".equals(evidence.mode()) || evidence.gates().stream().anyMatch(gate -> "audit".equals(gate.mode()));
            return audited ? Finding.good(Kind.VIOLATIONS, "Audit found no violation.")
                    : Finding.unknown(Kind.VIOLATIONS, "Nothing was audited: that takes -Dusr1.mode=audit.");
        }
        String most = evidence.violations().entrySet().stream().max(Comparator.comparingLong(Entry::getValue))
                .map(kind -> " Most often (" + kind.getValue() + " times): " + kind.getKey() + ".").orElse("");
        return new Finding(Kind.VIOLATIONS, 100, "Audit found the flag clear where it must not be " + count + " times." + most,
                "Do not bypass: leave usr1.mode at audit or observe, and correct the target. A connection got into the idle list without"
                + " its carrier being marked, or was unmarked too early.");
    }
}

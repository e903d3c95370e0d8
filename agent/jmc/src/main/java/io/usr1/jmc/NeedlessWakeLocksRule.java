package io.usr1.jmc;

import io.usr1.findings.Kind;

/** What a bypass would save, and what it saves. */
public final class NeedlessWakeLocksRule extends FindingRule {

    public NeedlessWakeLocksRule() {
        super(Kind.NEEDLESS, EvidenceReader.STATISTICS, EvidenceReader.TOTALS);
    }
}

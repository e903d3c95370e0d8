package io.usr1.jmc;

import io.usr1.findings.Kind;

/** A flag that is set and never cleared. */
public final class StuckFlagRule extends FindingRule {

    public StuckFlagRule() {
        super(Kind.STUCK_FLAG, EvidenceReader.STATISTICS, EvidenceReader.TOTALS);
    }
}

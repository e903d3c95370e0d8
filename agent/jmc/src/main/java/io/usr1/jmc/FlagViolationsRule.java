package io.usr1.jmc;

import io.usr1.findings.Kind;

/** What audit found. */
public final class FlagViolationsRule extends FindingRule {

    public FlagViolationsRule() {
        super(Kind.VIOLATIONS, EvidenceReader.VIOLATION);
    }
}

package io.usr1.jmc;

import io.usr1.findings.Kind;

/** Why a lock is not bypassed. */
public final class BypassInactiveRule extends FindingRule {

    public BypassInactiveRule() {
        super(Kind.INACTIVE, EvidenceReader.GATE, EvidenceReader.REWRITE);
    }
}

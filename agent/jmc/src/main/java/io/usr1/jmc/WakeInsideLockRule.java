package io.usr1.jmc;

import io.usr1.findings.Kind;

/** Takeovers that wake the old owner while they hold its lock. */
public final class WakeInsideLockRule extends FindingRule {

    public WakeInsideLockRule() {
        super(Kind.CONVOY, EvidenceReader.CONTENTION, EvidenceReader.TAKEOVER);
    }
}

package io.usr1.jmc;

import io.usr1.findings.Kind;

/** How much time threads spend waiting for pool locks. No rule of the JDK sees a lock of java.util.concurrent. */
public final class PoolLockContentionRule extends FindingRule {

    public PoolLockContentionRule() {
        super(Kind.CONTENTION, EvidenceReader.CONTENTION);
    }
}

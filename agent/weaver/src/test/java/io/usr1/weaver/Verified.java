package io.usr1.weaver;

import java.util.Optional;

import io.usr1.runtime.Counters;

/** Weaves as the agent does: what the JVM would not verify never gets to it. */
final class Verified {

    static {
        // The first bypass of a JVM settles how they are counted, and no test knows which of them is the first.
        Counters.exact(true);
    }

    private Verified() {
    }

    static byte[] weave(Plan plan, String name, byte[] bytes, int gateNumber) {
        byte[] woven = plan.weave(name, bytes, gateNumber);
        Optional<Refusal> unverifiable = plan.unverifiable(name, bytes, woven);
        if (unverifiable.isPresent()) {
            throw new AssertionError(unverifiable.get().toString());
        }
        return woven;
    }
}

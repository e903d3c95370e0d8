package io.usr1.weaver;

import java.util.Optional;

/** Weaves as the agent does: what the JVM would not verify never gets to it. */
final class Verified {

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

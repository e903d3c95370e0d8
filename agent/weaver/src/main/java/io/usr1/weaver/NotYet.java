package io.usr1.weaver;

import io.usr1.target.Target;
import io.usr1.target.WhenClear;

/** What a target may say and no rule can prove yet: refused, so that every line of a target is either proved or refused. */
final class NotYet {

    private final Proof proof;

    NotYet(Proof proof) {
        this.proof = proof;
    }

    /** @return false if something was refused */
    boolean check() {
        int before = proof.refusals().size();
        Target target = proof.target();
        target.regions().forEach(region -> {
            say(region.when() != null, "'when' of a region");
            region.whenClear().forEach(line -> say(line instanceof WhenClear.Asked || line.known() == WhenClear.Known.NOT_CARRIER, "'" + line + "' in a region"));
        });
        return proof.refusals().size() == before;
    }

    private void say(boolean unknown, String what) {
        if (unknown) {
            proof.refuse("the target", 0, what, "what this version can prove", "leave the line out");
        }
    }
}

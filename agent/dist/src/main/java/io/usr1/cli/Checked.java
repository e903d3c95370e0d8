package io.usr1.cli;

import io.usr1.cli.show.ShownClass;
import io.usr1.target.Mentions;
import io.usr1.target.Target;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.Refusal;
import java.util.List;

/**
 * What check found out about one target.
 *
 * @param sites    what can be woven; empty if refused
 * @param refusals why not; empty if all can be woven
 * @param notes    what a person should know although nothing is refused
 * @param classes  for {@code --show}, else empty
 * @param fingerprint what a target may name under 'fingerprint'; empty if refused
 */
record Checked(Target target, List<PlannedSite> sites, List<Refusal> refusals, List<String> notes, List<ShownClass> classes,
               String fingerprint) {

    boolean refused() {
        return !refusals.isEmpty();
    }

    /** Where the target's file speaks of a refusal's place, {@code pool.yaml:12:5}; empty if it does not. */
    String place(Refusal refusal) {
        return Mentions.of(target, refusal.where()).map(Object::toString).orElse("");
    }
}

package io.usr1.weaver;

import java.util.stream.Stream;

import io.usr1.target.CarrierPath;
import io.usr1.target.MarkSpec;
import io.usr1.target.Ownership;
import io.usr1.target.RegionSpec;
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
        say(!(target.ownership() instanceof Ownership.ReplacesCarrier), "an ownership other than 'replaces-carrier'");
        say(target.orderedBy() != null, "'ordered-by'");
        say(target.listed() != null || target.stolen() != null || !target.unlinks().isEmpty(), "'listed', 'stolen' or 'unlink'");
        say(!target.fingerprints().isEmpty(), "'fingerprint'");
        target.bypasses().forEach(bypass -> {
            say(!(bypass instanceof RegionSpec), "a bypass other than 'region'");
            say(bypass.when() != null || bypass instanceof RegionSpec region && region.owner() != null, "'when' or 'owner' of a bypass");
            say(bypass.method().lambdaTo() != null, "the body of a lambda");
            path(bypass.carrier());
            bypass.whenClear().forEach(line -> say(line instanceof WhenClear.Asked || line.known() == WhenClear.Known.NOT_CARRIER, "'" + line + "'"));
        });
        Stream.concat(target.sets().stream(), target.clears().stream()).forEach(mark -> {
            say(mark.at() == MarkSpec.At.BEFORE || mark.at() == MarkSpec.At.AFTER || mark.when() != null, "a mark before or after a call, or with 'when'");
            say(mark.method().lambdaTo() != null, "the body of a lambda");
            path(mark.carrier());
        });
        return proof.refusals().size() == before;
    }

    private void path(CarrierPath path) {
        boolean plain = path.root() == CarrierPath.Root.THIS || path.root() == CarrierPath.Root.ARGUMENT;
        say(!plain || !path.steps().stream().allMatch(CarrierPath.Step.Field.class::isInstance), "the carrier path '" + path + "'");
    }

    private void say(boolean unknown, String what) {
        if (unknown) {
            proof.refuse("the target", 0, what, "what this version can prove", "leave the line out");
        }
    }
}

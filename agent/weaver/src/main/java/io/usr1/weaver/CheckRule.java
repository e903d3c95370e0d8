package io.usr1.weaver;

import io.usr1.target.CarrierPath;
import io.usr1.target.MarkSpec;
import io.usr1.target.Ownership;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ClassWeave;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a flag is looked at and nothing is done: by audit where an insert ends, by the breaker where a connection is
 * about to leave the list. Both look under the lock, or what they see could be another thread's doing.
 *
 * <p>No soundness rests on either. I2 (listed implies SET), family A and S16.
 */
final class CheckRule {

    private final Proof proof;

    CheckRule(Proof proof) {
        this.proof = proof;
    }

    List<Hosted<ClassWeave.Check>> check() {
        List<Hosted<ClassWeave.Check>> checks = new ArrayList<>();
        if (proof.target().carrier() == null) {
            return checks; // No flag to look at.
        }
        proof.target().sets().forEach(mark -> inserted(mark).ifPresent(checks::add));
        proof.target().unlinks().forEach(mark -> unlink(mark).ifPresent(checks::add));
        if (proof.target().listed() == null) {
            proof.note("Without 'listed' audit cannot see a connection that is listed with a clear flag.");
        }
        if (proof.target().stolen() == null && proof.layers().size() == 1) {
            proof.note("Without 'stolen' audit cannot see a carrier that was taken over with a clear flag, and no event says that a wake was stale.");
        }
        if (proof.target().unlinks().isEmpty()) {
            proof.note("Without 'unlink' there is no breaker.");
        }
        return checks;
    }

    private Optional<Hosted<ClassWeave.Check>> inserted(MarkSpec mark) {
        Optional<Classes.Method> host = proof.method(mark.method());
        if (host.isEmpty() || proof.code(host.get()).isEmpty() || mark.at() != MarkSpec.At.ENTRY || mark.when() != null) {
            return Optional.empty();
        }
        Classes.Method method = host.get();
        PathRule rule = new PathRule(proof, method, mark.carrier());
        Optional<ClassWeave.Path> path = rule.check();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        // Aside: audit may look in vain, but a class that inserts without the lock is no reason to shut the gate.
        boolean held = proof.aside(() -> Held.wherever(proof, proof.target().locks(), method).held());
        if (MarkRule.assigned(method, path.get().slot()) || !held) {
            proof.note("Audit does not look at the flag where " + Names.method(method.owner(), method.node())
                    + " ends, because the lock is not surely held there.");
            return Optional.empty();
        }
        ClassWeave.Ask listed = new AskRule(proof, method, rule).ask("listed", proof.target().listed(), path.get(), false);
        boolean stays = proof.target().ownership() instanceof Ownership.ReplacesCarrier;
        int site = proof.site("insert" + proof.suffix(rule), method, MethodCode.firstLine(method.node()), PlannedSite.Kind.AUDIT);
        return Optional.of(new Hosted<>(method.owner().name, new ClassWeave.Check(host(method), false, true, path.get(), site, listed, stays)));
    }

    private Optional<Hosted<ClassWeave.Check>> unlink(MarkSpec mark) {
        Optional<Classes.Method> host = proof.method(mark.method());
        Optional<MethodCode> code = host.flatMap(proof::code);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        Classes.Method method = host.get();
        boolean plain = (mark.at() == MarkSpec.At.ENTRY || mark.at() == MarkSpec.At.EXIT) && mark.when() == null
                && (mark.carrier().root() == CarrierPath.Root.THIS || mark.carrier().root() == CarrierPath.Root.ARGUMENT);
        if (!plain) {
            proof.refuse(method, 0, "'unlink' at a call, under a condition or of what is returned", "'at: entry' or 'at: exit', for 'this' or an argument",
                    "name the method that unlinks");
            return Optional.empty();
        }
        Held.Ways ways = Held.wherever(proof, proof.target().locks(), method);
        for (Held.Gap gap : ways.gaps()) {
            proof.refuse(gap.method(), gap.line(), gap.found(), "the list's lock held wherever " + Names.method(method.owner(), method.node())
                    + " unlinks, or the flag seen there says nothing", "name a method that runs under the lock");
        }
        if (proof.takeovers().contains(mark.method()) && mark.at() != MarkSpec.At.ENTRY) {
            proof.refuse(method, 0, "'unlink' in a takeover at '" + mark.at().name().toLowerCase(Locale.ROOT) + "'",
                    "'at: entry', where the carrier is still the one that was listed", "correct the line");
        }
        boolean exit = mark.at() == MarkSpec.At.EXIT;
        PathRule rule = new PathRule(proof, method, mark.carrier());
        Optional<ClassWeave.Path> path = rule.check();
        if (path.isPresent() && exit && MarkRule.assigned(method, path.get().slot())) {
            proof.refuse(method, 0, "the root of the path '" + mark.carrier() + "' assigned in the method", "the same object until the exit", "look at the entry");
            return Optional.empty();
        }
        return path.map(found -> new Hosted<>(method.owner().name, new ClassWeave.Check(host(method), true, exit, found,
                proof.site("unlink" + proof.suffix(rule), method, MethodCode.firstLine(method.node()), PlannedSite.Kind.UNLINK), null, false)));
    }

    private static ClassWeave.Host host(Classes.Method method) {
        return new ClassWeave.Host(method.node().name, method.node().desc);
    }
}

package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.ACC_INTERFACE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.usr1.target.AnswerSpec;
import io.usr1.target.CarrierSpec;
import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.target.Ownership;
import io.usr1.target.SkipSpec;
import io.usr1.target.Target;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.tree.ClassNode;

/** Decides whether a target may be woven into the classes of one loader, and how. Reads class files, loads nothing. */
public final class Prover {

    private final Proof proof;
    private final Target target;

    private Prover(Target target, Classes classes) {
        this.target = target;
        this.proof = new Proof(target, classes);
    }

    /**
     * Proves a target.
     *
     * @param target  what a person claims about the pool
     * @param classes the class files of the loader that defines, or will define, the pool's classes
     * @return a plan, or every reason found why not. Never throws: a fault of the prover is a refusal too
     */
    public static Verdict prove(Target target, ClassSource classes) {
        try {
            ReadOnce once = new ReadOnce(classes);
            Prover prover = new Prover(target, new Classes(once::bytes));
            return new NotYet(prover.proof).check() ? prover.prove(classes, once) : new Refused(prover.proof.refusals());
        } catch (RuntimeException fault) {
            StackTraceElement at = fault.getStackTrace().length == 0 ? null : fault.getStackTrace()[0];
            return new Refused(List.of(new Refusal(target.name(), "the proof itself", 0, fault + " at " + at, "a proof that ends", "report this")));
        }
    }

    private Verdict prove(ClassSource source, ReadOnce once) {
        Map<String, ClassWeave.CarrierWeave> carriers = new HashMap<>();
        for (CarrierSpec carrier : target.carriers()) {
            if (!carriers.containsKey(carrier.type())) {
                new CarrierRule(proof, carrier).check().ifPresent(weave -> carriers.put(carrier.type(), weave));
            }
        }
        List<Hosted<ClassWeave.Region>> regions = new ArrayList<>();
        List<Hosted<ClassWeave.Answer>> answers = new ArrayList<>();
        List<Hosted<ClassWeave.Skip>> skips = new ArrayList<>();
        List<Hosted<ClassWeave.Timing>> timings = new ArrayList<>();
        // Bypasses, then observed acquisitions: the order of the sites' numbers.
        target.regions().forEach(region -> new RegionRule(proof, region).check().ifPresent(regions::add));
        for (AnswerSpec spec : AnswerRule.of(target.bypasses())) {
            AnswerRule answer = new AnswerRule(proof, spec);
            answer.check().ifPresent(answers::add);
            timings.addAll(answer.timings());
        }
        SkipRule.of(target.bypasses()).forEach(skip -> new SkipRule(proof, skip).check().ifPresent(skips::add));
        target.observed().forEach(site -> timings.addAll(new ObserveRule(proof, site).check()));
        List<MarkPlace> sets = places(target.sets());
        List<MarkPlace> clears = places(target.clears());
        Evidence evidence = new Knowledge(proof, sets, clears).check();
        // Where a region is refused for its own reasons, this only follows from them.
        if (!target.regions().isEmpty() && evidence.listed().isEmpty() && proof.refusals().isEmpty()) {
            proof.refuse("the target", 0, "regions with nothing that says whether the connection is listed", "a 'when-clear' line that is false, 0 or null while it is not: every write of it is looked at, "
                    + "and so no insert is forgotten", "leave them locked");
        }
        List<Hosted<ClassWeave.Mark>> marks = new MarkRule(proof, evidence).check(sets, clears);
        new OrderRule(proof).check(sets, clears);
        if (target.regions().size() < target.bypasses().size()) {
            new ClearRule(proof, evidence).check(clears);
        }
        List<Hosted<ClassWeave.Check>> checks = new CheckRule(proof).check();
        List<GuardedField> guarded = guarded(evidence);
        List<Hosted<ClassWeave.Guard>> guards = new GuardRule(proof).check();
        oneWeaveAMethod();
        Map<String, ClassWeave> weaves = new LinkedHashMap<>();
        for (String name : target.wovenClasses()) {
            proof.type(name).ifPresent(type -> {
                hosts(type);
                weaves.put(name, new ClassWeave(type.name, carriers.get(name), of(type.name, marks), of(type.name, regions), of(type.name, answers), of(type.name, skips),
                        of(type.name, timings), of(type.name, checks), of(type.name, guards), sites(type.name, regions, answers, skips, timings, checks)));
            });
        }
        proof.scope().forEach(this::names);
        Fingerprint fingerprint = new FingerprintRule(proof, once).check();
        proof.end();
        return proof.refusals().isEmpty() ? new Plan(proof, weaves, guarded, source, fingerprint, once.end()) : new Refused(proof.refusals());
    }

    private List<MarkPlace> places(List<MarkSpec> marks) {
        return marks.stream().map(mark -> MarkPlace.find(proof, mark)).flatMap(Optional::stream).toList();
    }

    /** The fields that the proof rests on, all of whose writes in the classes read were looked at. */
    private List<GuardedField> guarded(Evidence evidence) {
        List<GuardedField> guarded = new ArrayList<>(evidence.guarded());
        ownership(evidence.listed(), guarded);
        target.bypasses().stream().flatMap(bypass -> target.lock(bypass).stream()).distinct()
                .forEach((LockSpec lock) -> guarded.addAll(new LockRule(proof, lock).check()));
        guarded.addAll(proof.guarded());
        BirthRule.of(proof).closed(proof);
        for (ClassNode type : proof.scope()) {
            for (GuardedField.Fault fault : BirthRule.of(proof).faults(proof.classes(), type)) {
                proof.refuse(fault.method(), fault.line(), fault.found(), BirthRule.EXPECTED, BirthRule.TODO);
            }
        }
        // While the writes of one field are looked at, others turn out to matter.
        for (int i = 0; i < guarded.size(); i++) {
            for (ClassNode type : proof.scope()) {
                for (GuardedField.Fault fault : guarded.get(i).faults(proof.classes(), type)) {
                    proof.refuse(fault.method(), fault.line(), fault.found(), guarded.get(i).expected(), guarded.get(i).todo());
                }
            }
            proof.guarded().stream().filter(more -> !guarded.contains(more)).forEach(guarded::add);
        }
        return guarded;
    }

    private void ownership(List<GuardedField> listed, List<GuardedField> guarded) {
        Ownership ownership = target.ownership();
        if (ownership instanceof Ownership.ReplacesCarrier replaces) {
            guarded.addAll(new OwnershipRule(proof, replaces).check());
            new TakeoverRule(proof, replaces, listed).check();
        } else if (ownership instanceof Ownership.MovesOwner moves) {
            new MovesOwnerRule(proof, moves, listed).check().ifPresent(guarded::add);
        } else if (ownership instanceof Ownership.Exclusive exclusive) {
            new ExclusiveRule(proof, exclusive).check();
        }
    }

    private void hosts(ClassNode type) {
        boolean taken = type.fields.stream().anyMatch(field -> field.name.contains("usr1$")) || type.methods.stream().anyMatch(method -> method.name.contains("usr1$"));
        if (taken || (type.access & ACC_INTERFACE) != 0) {
            proof.refuse(Names.binary(type.name), 0, taken ? "a member named usr1$..., so the class is woven already" : "an interface",
                    "a class as its library ships it", taken ? "give the agent once" : "name the class that implements it");
        }
        boolean initialised = type.methods.stream().anyMatch(method -> method.name.equals("<clinit>"));
        if (!initialised && SerialForm.isComputed(proof.classes(), type)) {
            proof.refuse(Names.binary(type.name), 0, "a Serializable class without a serialVersionUID and without a static initialiser",
                    "an explicit one, which the added initialiser cannot change", "leave this class alone");
        }
    }

    /** No Java compiler writes two fields of one name; where there are, a name says nothing. */
    private void names(ClassNode type) {
        Set<String> names = new TreeSet<>();
        type.fields.stream().filter(field -> !names.add(field.name)).findFirst().ifPresent(field -> proof.refuse(Names.binary(type.name), 0,
                "two fields named " + field.name, "one field of a name, by which a target can speak of it", "leave this class alone"));
    }

    private void oneWeaveAMethod() {
        Set<String> bypassed = new TreeSet<>();
        target.bypasses().stream().filter(bypass -> !(bypass instanceof SkipSpec)).map(bypass -> bypass.method().toString())
                .filter(method -> !bypassed.add(method)).forEach(this::refuseTwice);
        Set<String> others = new LinkedHashSet<>();
        for (List<MarkSpec> marks : List.of(target.sets(), target.clears(), target.unlinks())) {
            marks.forEach(mark -> others.add(mark.method().toString()));
        }
        SkipRule.of(target.bypasses()).forEach(skip -> others.add(skip.method().toString()));
        others.stream().filter(bypassed::contains).forEach(this::refuseTwice);
        target.observed().stream().map(site -> site.method().toString()).distinct()
                .filter(method -> target.regions().stream().anyMatch(region -> region.method().toString().equals(method))).forEach(this::refuseTwice);
    }

    private void refuseTwice(String method) {
        proof.refuse(method, 0, "a region in a method that the target names for something else too", "one use of a method that is split in two",
                "drop the other line; the region's own acquisitions are timed anyway");
    }

    private static Set<Integer> sites(String type, List<Hosted<ClassWeave.Region>> regions, List<Hosted<ClassWeave.Answer>> answers,
            List<Hosted<ClassWeave.Skip>> skips, List<Hosted<ClassWeave.Timing>> timings, List<Hosted<ClassWeave.Check>> checks) {
        Set<Integer> sites = new TreeSet<>();
        of(type, timings).forEach(timing -> sites.add(timing.site()));
        of(type, answers).forEach(answer -> sites.add(answer.site()));
        of(type, skips).forEach(skip -> sites.add(skip.site()));
        of(type, regions).forEach(region -> region.timings().forEach(timing -> sites.add(timing.site())));
        of(type, checks).forEach(check -> sites.add(check.site()));
        return sites;
    }

    private static <T> List<T> of(String type, List<Hosted<T>> decided) {
        return decided.stream().filter(one -> one.type().equals(type)).map(Hosted::decided).toList();
    }
}

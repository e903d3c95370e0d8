package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.usr1.target.LockSpec;
import io.usr1.target.Ownership;
import io.usr1.target.RegionSpec;
import io.usr1.target.WhenClear;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.weave.ClassWeave;
import io.usr1.weaver.weave.ReducedBody;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * A wake's lock region can be taken out: the lock is taken once and given back once on every way through, by the same
 * object, and what remains needs no lock.
 *
 * <p>I5, I9, I15 and family E (lock scope). Pairing is {@link PairingRule}'s. The region is the first acquisition of that lock in the code; later ones in
 * the same method (a wake that inserts again) stay locked in both bodies.
 */
final class RegionRule {

    private static final String LEAVE = "leave this region locked";

    private final Proof proof;
    private final RegionSpec spec;

    RegionRule(Proof proof, RegionSpec spec) {
        this.proof = proof;
        this.spec = spec;
    }

    Optional<Hosted<ClassWeave.Region>> check() {
        Optional<Classes.Method> found = proof.method(spec.method());
        if (found.isEmpty() || !weavable(found.get())) {
            return Optional.empty();
        }
        Classes.Method method = found.get();
        PathRule pathRule = new PathRule(proof, method, spec.carrier());
        Optional<ClassWeave.Path> path = pathRule.check();
        proof.role(method, spec.role(), pathRule.layers());
        // What a late wake of the old owner finds by its connection is the taker's new carrier, and that is CLEAR.
        if (path.isPresent() && proof.replaces().isPresent() && path.get().steps().stream().anyMatch(step -> !step.isCast())) {
            proof.refuse(method, 0, "a wake that finds its carrier '" + spec.carrier() + "' by the connection", "a wake of the carrier itself, 'this' or an argument, which a takeover leaves behind SET",
                    LEAVE);
            return Optional.empty();
        }
        Optional<MethodCode> code = proof.code(method);
        if (path.isEmpty() || code.isEmpty()) {
            return Optional.empty();
        }
        Optional<LockFlow> flow = new PairingRule(proof, method, code.get(), lock()).check().filter(pairing -> unchangedSerialForm(method, pairing));
        return flow.flatMap(locks -> region(method, code.get(), locks, pathRule, path.get()))
                .map(region -> new Hosted<>(method.owner().name, region));
    }

    private boolean weavable(Classes.Method method) {
        String found = method.node().name.startsWith("<") ? "a constructor or initialiser"
                : method.is(ACC_ABSTRACT | ACC_NATIVE) ? "a method without code" : null;
        if (found != null) {
            proof.refuse(method, 0, found, "a method whose lock region stands in its body", LEAVE);
        }
        return found == null;
    }

    private LockSpec lock() {
        return proof.target().lock(spec.lock());
    }

    private boolean unchangedSerialForm(Classes.Method method, LockFlow flow) {
        return !flow.acquires().get(0).whole() || new SynchronizedRule(proof, method).check();
    }

    private Optional<ClassWeave.Region> region(Classes.Method method, MethodCode code, LockFlow flow, PathRule path, ClassWeave.Path decided) {
        LockOp acquire = flow.acquires().get(0);
        for (int i = 0; i < code.size(); i++) {
            if (flow.maybeHeldBy(i, acquire) && !flow.heldBy(i, acquire)) {
                proof.refuse(method, MethodCode.line(code.at(i)), "code that runs both in the region and outside", "code that is in one of them", LEAVE);
                return Optional.empty();
            }
        }
        RegionReads reads = new RegionReads(proof, spec, method, path);
        int before = proof.refusals().size();
        reads.find(code, i -> flow.heldBy(i, acquire));
        if (proof.refusals().size() > before) {
            return Optional.empty(); // What the region is without is not settled, so nothing can be said of the rest.
        }
        ClassWeave.Cut cut = new ClassWeave.Cut(number(code, acquire), numbers(code, flow.releases(acquire)), reads.constants(), reads.notNull(), reads.omitted());
        try {
            ReducedBody body = ReducedBody.of(proof.classes(), method.owner(), method.node(), cut);
            new PurityRule(proof, method, spec.allowedCalls()).check(body, views(code, body));
        } catch (AnalyzerException unreadable) {
            proof.refuse(method, 0, "code that cannot be followed without the lock (" + unreadable.getMessage() + ")", "code that can", LEAVE);
            return Optional.empty();
        }
        ClassWeave.Trust trust = trust(method, path, decided, reads.behind());
        return trust == null ? Optional.empty() : Optional.of(decide(method, code, flow, decided, cut, reads, trust));
    }

    /** Null and a refusal if the dispatcher cannot ask what the ownership has it ask. */
    private ClassWeave.Trust trust(Classes.Method method, PathRule path, ClassWeave.Path decided, boolean behind) {
        ClassWeave.Ask owner = null;
        if (proof.target().ownership() instanceof Ownership.MovesOwner moves) {
            owner = new OwnerRule(proof, moves, spec, method).ask();
            if (owner == null) {
                return null;
            }
        } else if (spec.owner() != null) {
            proof.refuse(method, 0, "'owner' of a region", "'moves-owner', which alone has owners to ask", "leave the line out");
        }
        AskRule signs = new AskRule(proof, method, path);
        return new ClassWeave.Trust(owner, proof.target().ownership() instanceof Ownership.Exclusive,
                signs.ask("listed", proof.target().listed(), decided, behind), signs.ask("stolen", stolen(path), decided, behind));
    }

    /** As the target says it; with several layers, of which it can name one, that a takeover nulled this layer's context. */
    private WhenClear stolen(PathRule path) {
        return proof.target().carriers().size() == 1 || path.layers().isEmpty() ? proof.target().stolen()
                : new WhenClear.FieldRead(path.layers().get(0).contextField(), WhenClear.Known.NULL);
    }

    private ClassWeave.Region decide(Classes.Method method, MethodCode code, LockFlow flow, ClassWeave.Path path, ClassWeave.Cut cut, RegionReads reads,
            ClassWeave.Trust trust) {
        ClassWeave.Host host = new ClassWeave.Host(method.node().name, method.node().desc);
        List<ClassWeave.Timing> timings = new ArrayList<>();
        int first = -1;
        for (LockOp acquire : flow.acquires()) {
            int site = proof.site(spec.role(), method, line(code, acquire), first < 0 ? PlannedSite.Kind.BYPASS : PlannedSite.Kind.LOCK);
            first = first < 0 ? site : first;
            timings.add(new ClassWeave.Timing(host, number(code, acquire), ObserveRule.form(lock(), acquire), site,
                    acquire.attempts() ? Set.of() : numbers(code, flow.releases(acquire))));
        }
        return new ClassWeave.Region(host, path, first, cut, timings, timings.subList(1, timings.size()), reads.audited(), trust);
    }

    /** Calls that only yield the read or the write form of the lock; that lock was proved to be one of the JDK's. */
    private Set<AbstractInsnNode> views(MethodCode code, ReducedBody body) {
        Set<AbstractInsnNode> views = new HashSet<>();
        LockOps.views(code, lock(), proof.classes()).forEach(view -> views.add(body.numbered().get(code.index(view))));
        return views;
    }

    /** -1 for the acquisition of a synchronized method, which is no instruction. */
    static int number(MethodCode code, LockOp acquire) {
        return acquire.whole() ? -1 : code.index(acquire.at());
    }

    /** Where a person looks for the acquisition. */
    static int line(MethodCode code, LockOp acquire) {
        return acquire.whole() ? MethodCode.firstLine(code.method()) : MethodCode.line(acquire.at());
    }

    static Set<Integer> numbers(MethodCode code, List<LockOp> ops) {
        Set<Integer> numbers = new TreeSet<>();
        ops.forEach(op -> numbers.add(code.index(op.at())));
        return numbers;
    }
}

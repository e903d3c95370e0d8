package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.usr1.target.LockSpec;
import io.usr1.target.ObserveSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Acquisitions that are timed and nothing else. Where taking and giving back pair up in the method the time is written
 * after the release; elsewhere at once, still holding the lock.
 *
 * <p>No invariant rests on it; what must hold is that the method does what it did.
 */
final class ObserveRule {

    private final Proof proof;
    private final ObserveSpec spec;

    ObserveRule(Proof proof, ObserveSpec spec) {
        this.proof = proof;
        this.spec = spec;
    }

    List<Hosted<ClassWeave.Timing>> check() {
        Optional<Classes.Method> found = proof.method(spec.method());
        Optional<MethodCode> code = found.flatMap(proof::code);
        if (code.isEmpty()) {
            return List.of();
        }
        Classes.Method method = found.get();
        LockSpec lock = proof.target().lock(spec.lock());
        if (method.node().name.startsWith("<")) {
            proof.refuse(method, 0, "a constructor or initialiser", "a method", "leave the site out of 'observe'");
            return List.of();
        }
        LockFlow flow = new LockFlow(code.get(), LockOps.find(code.get(), lock, proof.classes()).ops());
        if (flow.acquires().isEmpty()) {
            proof.refuse(method, 0, "no place where lock '" + lock.id() + "' (" + lock.place() + ") is taken", "at least one",
                    "name the method whose own body takes it, or leave the site out of 'observe'");
        }
        List<Hosted<ClassWeave.Timing>> timings = new ArrayList<>();
        ClassWeave.Host host = new ClassWeave.Host(method.node().name, method.node().desc);
        for (LockOp acquire : flow.acquires()) {
            boolean paired = flow.faults().isEmpty() && !acquire.attempts();
            if (acquire.whole() && !new SynchronizedRule(proof, method).check()) {
                return List.of();
            }
            int site = proof.site(spec.role(), method, RegionRule.line(code.get(), acquire), PlannedSite.Kind.LOCK);
            timings.add(new Hosted<>(method.owner().name, new ClassWeave.Timing(host, RegionRule.number(code.get(), acquire), form(lock, acquire), site,
                    paired ? RegionRule.numbers(code.get(), flow.releases(acquire)) : Set.of())));
        }
        return timings;
    }

    static ClassWeave.Form form(LockSpec lock, LockOp acquire) {
        if (!(acquire.at() instanceof MethodInsnNode call)) {
            return acquire.whole() ? ClassWeave.Form.METHOD : ClassWeave.Form.MONITOR;
        }
        // What takes the pool's own locks, or yields a stamp, is timed around the call: the runtime knows no method like it.
        if (lock.kind() == LockSpec.Kind.OWN || call.desc.endsWith("J")) {
            return acquire.attempts() ? ClassWeave.Form.TRY_OWN : ClassWeave.Form.OWN;
        }
        return switch (acquire.kind()) {
            case ATTEMPT -> ClassWeave.Form.TRY_LOCK;
            case TIMED_ATTEMPT -> ClassWeave.Form.TIMED_TRY;
            case INTERRUPTIBLE -> ClassWeave.Form.INTERRUPTIBLY;
            default -> call.owner.equals(LockRule.REENTRANT) ? ClassWeave.Form.REENTRANT : ClassWeave.Form.LOCK;
        };
    }
}

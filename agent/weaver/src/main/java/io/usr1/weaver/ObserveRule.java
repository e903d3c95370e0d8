package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.usr1.target.Bypass;
import io.usr1.target.LockSpec;
import io.usr1.target.MethodRef;
import io.usr1.target.ObserveSpec;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

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
        if (spec.everyMethod()) {
            return proof.type(spec.method().owner()).map(this::everyMethod).orElse(List.of());
        }
        Optional<Classes.Method> method = proof.method(spec.method());
        if (method.isPresent() && method.get().node().name.startsWith("<")) {
            proof.refuse(method.get(), 0, "a constructor or initialiser", "a method", "leave the site out of 'observe'");
            return List.of();
        }
        Optional<LockFlow> flow = method.flatMap(this::flow);
        if (flow.isPresent() && flow.get().acquires().isEmpty()) {
            proof.refuse(method.get(), 0, "no place where lock '" + lock().id() + "' (" + lock().place() + ") is taken", "at least one",
                    "name the method whose own body takes it, or leave the site out of 'observe'");
        }
        return flow.map(found -> timings(method.get(), found)).orElse(List.of());
    }

    private List<Hosted<ClassWeave.Timing>> everyMethod(ClassNode type) {
        List<Hosted<ClassWeave.Timing>> timings = new ArrayList<>();
        for (MethodNode node : type.methods) {
            Classes.Method method = new Classes.Method(type, node);
            if (!node.name.startsWith("<") && !method.is(Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE) && !named(node)) {
                flow(method).ifPresent(flow -> timings.addAll(timings(method, flow)));
            }
        }
        if (timings.isEmpty()) {
            proof.refuse(Names.binary(type.name), 0, "no method, of those that are not named elsewhere, that takes lock '" + lock().id() + "' (" + lock().place() + ")",
                    "at least one", "name the class whose own methods take it, or leave the site out of 'observe'");
        }
        return timings;
    }

    /** By a line of its own, which gives it another role, or by a bypass, which times what it takes. */
    private boolean named(MethodNode node) {
        Stream<MethodRef> lines = proof.target().observed().stream().filter(site -> site.lock().equals(spec.lock())).map(ObserveSpec::method);
        Stream<MethodRef> bypasses = proof.target().bypasses().stream().filter(bypass -> spec.lock().equals(bypass.lock())).map(Bypass::method);
        return Stream.concat(lines, bypasses).anyMatch(method -> method.owner().equals(spec.method().owner()) && Names.matches(method, node.name, node.desc));
    }

    private LockSpec lock() {
        return proof.target().lock(spec.lock());
    }

    private Optional<LockFlow> flow(Classes.Method method) {
        return proof.code(method).map(code -> new LockFlow(code, LockOps.find(code, lock(), proof.classes()).ops()));
    }

    private List<Hosted<ClassWeave.Timing>> timings(Classes.Method method, LockFlow flow) {
        List<Hosted<ClassWeave.Timing>> timings = new ArrayList<>();
        MethodCode code = proof.code(method).orElseThrow();
        ClassWeave.Host host = new ClassWeave.Host(method.node().name, method.node().desc);
        for (LockOp acquire : flow.acquires()) {
            boolean paired = flow.faults().isEmpty() && !acquire.attempts();
            if (acquire.whole() && !new SynchronizedRule(proof, method).check()) {
                return List.of();
            }
            int site = proof.site(spec.role(), method, RegionRule.line(code, acquire), PlannedSite.Kind.LOCK);
            timings.add(new Hosted<>(method.owner().name, new ClassWeave.Timing(host, RegionRule.number(code, acquire), form(lock(), acquire), site,
                    paired ? RegionRule.numbers(code, flow.releases(acquire)) : Set.of())));
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

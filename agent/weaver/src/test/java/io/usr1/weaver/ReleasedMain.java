package io.usr1.weaver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.MethodRef;
import io.usr1.target.ObserveSpec;
import io.usr1.target.Target;
import io.usr1.target.TargetReader;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOp;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Verification;
import io.usr1.weaver.weave.ClassWeave;
import io.usr1.weaver.weave.ClassWeaver;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Run in a forked JVM: takes classes of released libraries, splits each method that pairs a lock into a locked and a
 * bypassing body as a region would be, times the others, and has the JVM verify the result.
 *
 * <p>What may be bypassed is not asked here: these libraries have no idle list. Only whether the lock's shape is followed.
 */
final class ReleasedMain {

    private final String name;
    private final Classes classes = new Classes(ReleasedMain::bytes);
    private final Proof proof;
    private final Target target;
    private final Map<String, String> rows = new HashMap<>();
    private final List<ClassWeave.Region> regions = new ArrayList<>();
    private final List<ClassWeave.Timing> timings = new ArrayList<>();

    private ReleasedMain(String name, String lock) throws Exception {
        this.name = name;
        this.target = TargetReader.read("released.yaml", "target: released\ncarrier: { class: %s }\nlocks: { it: %s }\nobserve: []\n".formatted(name, lock));
        this.proof = new Proof(target, classes);
    }

    /** Arguments in pairs: a class, and the lock as a target writes it. */
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i += 2) {
            new ReleasedMain(args[i], args[i + 1]).run();
        }
        System.out.println("end");
    }

    private void run() throws Exception {
        ClassNode type = classes.find(name.replace('.', '/')).orElseThrow();
        for (MethodNode node : type.methods) {
            if (node.instructions.size() > 0 && !node.name.startsWith("<")) {
                method(new Classes.Method(type, node));
            }
        }
        Gate gate = Gates.create("released", "test", Mode.BYPASS);
        proof.sites().forEach(site -> gate.site(site.role(), site.method()));
        Set<Integer> sites = new TreeSet<>();
        proof.sites().forEach(site -> sites.add(site.index()));
        ClassWeave weave = new ClassWeave(type.name, null, List.of(), regions, List.of(), List.of(), timings, List.of(), List.of(), sites);
        byte[] woven = ClassWeaver.weave(classes, weave, name, bytes(name), gate.number());
        Verification.of(classes, bytes(name), woven).ifPresent(fault -> {
            throw new AssertionError(fault.toString());
        });
        Class.forName(name, true, loader(woven));
        rows.forEach((method, result) -> System.out.println("| " + name + "#" + method + " | " + result + " |"));
    }

    private void method(Classes.Method method) throws Exception {
        MethodCode code = proof.code(method).orElseThrow();
        LockOps ops = LockOps.find(code, target.lock("it"), classes);
        if (ops.ops().isEmpty() && ops.unsure().isEmpty()) {
            return;
        }
        String row = method.node().name + method.node().desc;
        int before = proof.refusals().size();
        LockFlow flow = new PairingRule(proof, method, code, target.lock("it")).check().orElse(null);
        if (flow == null) {
            rows.put(row, "refused: " + proof.refusals().stream().skip(before).map(Refusal::found).toList());
            new ObserveRule(proof, new ObserveSpec("get", new MethodRef(name, method.node().name, null), "it")).check()
                    .forEach(timing -> timings.add(timing.decided()));
            return;
        }
        rows.put(row, "woven");
        ClassWeave.Host host = new ClassWeave.Host(method.node().name, method.node().desc);
        List<ClassWeave.Timing> timed = new ArrayList<>();
        for (LockOp acquire : flow.acquires()) {
            int site = proof.site("get", method, MethodCode.line(acquire.at()), PlannedSite.Kind.LOCK);
            timed.add(new ClassWeave.Timing(host, RegionRule.number(code, acquire), ObserveRule.form(target.lock("it"), acquire), site,
                    acquire.attempts() ? Set.of() : RegionRule.numbers(code, flow.releases(acquire))));
        }
        LockOp first = flow.acquires().get(0);
        ClassWeave.Cut cut = new ClassWeave.Cut(RegionRule.number(code, first), RegionRule.numbers(code, flow.releases(first)), Map.of(), Set.of(), Set.of());
        boolean isStatic = method.is(Opcodes.ACC_STATIC);
        if (!isStatic) {
            regions.add(new ClassWeave.Region(host, new ClassWeave.Path(regions.size(), ClassWeave.From.LOCAL, 0, method.owner().name, List.of(), -1, null), timed.get(0).site(), cut, timed,
                    timed.subList(1, timed.size()), List.of(), new ClassWeave.Trust(null, false, null, null)));
        } else {
            timings.addAll(timed);
        }
    }

    private ClassLoader loader(byte[] woven) {
        String library = name.substring(0, name.lastIndexOf('.') + 1);
        return new ClassLoader(ReleasedMain.class.getClassLoader()) {
            @Override protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                if (!wanted.startsWith(library)) {
                    return super.loadClass(wanted, resolve);
                }
                Class<?> loaded = findLoadedClass(wanted);
                byte[] bytes = wanted.equals(name) ? woven : bytes(wanted);
                return loaded != null ? loaded : defineClass(wanted, bytes, 0, bytes.length);
            }
        };
    }

    private static byte[] bytes(String name) {
        try (InputStream in = ReleasedMain.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

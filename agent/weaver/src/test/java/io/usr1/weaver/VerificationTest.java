package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.TargetException;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Verification;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What a weaver could do wrong, done to woven classes one instruction, frame or local variable at a time: the JVM that
 * runs this test is asked about each, and whatever it refuses has been refused before, and nothing else.
 */
class VerificationTest {

    private static final String LIBRARY = "corpus.";

    /** How many of the shapes are damaged; all of them are verified whole. */
    private static final int SHAPES = 6;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> damaged = new HashSet<>();

    @Test void saysWhatTheJvmSays() throws Exception {
        Map<String, byte[]> classes = Fixture.compile("corpus", source -> source).classes();
        int shapes = 0;
        for (Corpus.Shape shape : Corpus.shapes(classes)) {
            Map<String, byte[]> woven = woven(shape, classes);
            for (Map.Entry<String, byte[]> type : woven.entrySet()) {
                byte[] before = classes.get(type.getKey());
                compare(shape.name() + " whole", before, type.getKey(), type.getValue(), classes, woven);
                if (shapes < SHAPES) {
                    damage(before, type.getKey(), type.getValue(), classes, woven);
                }
            }
            shapes += woven.isEmpty() ? 0 : 1;
        }
        System.out.println("Verification: " + counts);
        assertEquals("", String.join("\n", differences));
        assertTrue(shapes > SHAPES && counts.get("refused by both") > 500 && counts.get("taken by both") > 200, counts::toString);
    }

    private static Map<String, byte[]> woven(Corpus.Shape shape, Map<String, byte[]> classes) throws TargetException {
        Map<String, byte[]> woven = new HashMap<>();
        if (Prover.prove(shape.target(), classes::get) instanceof Plan plan) {
            Gate gate = Gates.create("verified", "test", Mode.BYPASS);
            plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
            for (String name : plan.classes()) {
                woven.put(name, Verified.weave(plan, name, classes.get(name), gate.number()));
            }
        }
        return woven;
    }

    private void damage(byte[] before, String name, byte[] bytes, Map<String, byte[]> classes, Map<String, byte[]> all) {
        ClassNode whole = Classes.parse(bytes);
        for (int m = 0; m < whole.methods.size(); m++) {
            MethodNode method = whole.methods.get(m);
            boolean woven = method.name.contains("usr1") || method.name.startsWith("<");
            if (!woven || !damaged.add(name + "." + method.name + method.desc)) {
                continue;
            }
            ClassNode doubled = Classes.parse(bytes);
            doubled.methods.add(Classes.parse(bytes).methods.get(m));
            bytes(doubled).ifPresent(faulty -> compare(method.name + " twice", before, name, faulty, classes, all));
            for (int i = 0; i < method.instructions.size(); i++) {
                for (Map.Entry<String, Consumer<MethodNode>> fault : faults(i, method.instructions.get(i)).entrySet()) {
                    ClassNode copy = Classes.parse(bytes);
                    fault.getValue().accept(copy.methods.get(m));
                    String what = method.name + " " + i + ": " + fault.getKey();
                    bytes(copy).ifPresent(faulty -> compare(what, before, name, faulty, classes, all));
                }
            }
        }
    }

    private static Map<String, Consumer<MethodNode>> faults(int at, AbstractInsnNode insn) {
        Map<String, Consumer<MethodNode>> faults = new TreeMap<>();
        if (insn.getOpcode() >= 0) {
            faults.put("without " + insn.getOpcode(), method -> method.instructions.remove(method.instructions.get(at)));
        }
        if (insn instanceof FrameNode frame) {
            faults.put("without the frame", method -> method.instructions.remove(method.instructions.get(at)));
            for (int i = 0; frame.local != null && i < frame.local.size(); i++) {
                int slot = i;
                faults.put("frame local int " + i, method -> ((FrameNode) method.instructions.get(at)).local = with(frame.local, slot, Opcodes.INTEGER));
                faults.put("frame local any " + i, method -> ((FrameNode) method.instructions.get(at)).local = with(frame.local, slot, Opcodes.TOP));
                faults.put("frame local object " + i, method -> ((FrameNode) method.instructions.get(at)).local = with(frame.local, slot, "java/lang/Object"));
            }
            faults.put("frame stack", method -> ((FrameNode) method.instructions.get(at)).stack = List.of(Opcodes.INTEGER));
        }
        if (insn instanceof VarInsnNode variable) {
            faults.put("next variable", method -> ((VarInsnNode) method.instructions.get(at)).var = variable.var + 1);
            faults.put("first variable", method -> ((VarInsnNode) method.instructions.get(at)).var = 0);
        }
        if (insn instanceof JumpInsnNode) {
            faults.put("jump to the end", method -> ((JumpInsnNode) method.instructions.get(at)).label = last(method));
        }
        if (at == 0) {
            faults.put("all protected", method -> {
                LabelNode start = new LabelNode();
                method.instructions.insert(start);
                LabelNode handler = method.tryCatchBlocks.isEmpty() ? last(method) : method.tryCatchBlocks.get(0).handler;
                method.tryCatchBlocks.add(new TryCatchBlockNode(start, last(method), handler, null));
            });
        }
        return faults;
    }

    private static List<Object> with(List<Object> locals, int index, Object value) {
        List<Object> changed = new ArrayList<>(locals);
        // Labels of the other copy of the method would not be its own.
        changed.replaceAll(local -> local instanceof LabelNode ? Opcodes.TOP : local);
        changed.set(index, value);
        return changed;
    }

    private static LabelNode last(MethodNode method) {
        LabelNode last = null;
        for (AbstractInsnNode insn : method.instructions) {
            last = insn instanceof LabelNode label && label.getNext() != null ? label : last;
        }
        return last;
    }

    /** Empty if it cannot even be written. */
    private static Optional<byte[]> bytes(ClassNode damaged) {
        try {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            damaged.accept(writer);
            return Optional.of(writer.toByteArray());
        } catch (RuntimeException unwritable) {
            return Optional.empty();
        }
    }

    private void compare(String what, byte[] before, String name, byte[] bytes, Map<String, byte[]> classes, Map<String, byte[]> woven) {
        Map<String, byte[]> all = new HashMap<>(classes);
        all.putAll(woven);
        all.put(name, bytes);
        Optional<Verification.Fault> ours = Verification.of(new Classes(all::get), before, bytes);
        Optional<String> theirs = jvm(name, all);
        counts.merge((ours.isPresent() ? "refused" : "taken") + " by " + (ours.isPresent() == theirs.isPresent() ? "both" : "us alone"), 1, Integer::sum);
        if (ours.isPresent() != theirs.isPresent()) {
            differences.add(name + " " + what + ": we say " + ours + ", the JVM " + theirs);
        }
    }

    private static Optional<String> jvm(String name, Map<String, byte[]> classes) {
        Predicate<String> inside = wanted -> wanted.startsWith(LIBRARY) && classes.containsKey(wanted);
        ClassLoader loader = new ClassLoader(VerificationTest.class.getClassLoader()) {
            @Override protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                Class<?> loaded = findLoadedClass(wanted);
                if (loaded != null || !inside.test(wanted)) {
                    return loaded != null ? loaded : super.loadClass(wanted, resolve);
                }
                byte[] bytes = classes.get(wanted);
                return defineClass(wanted, bytes, 0, bytes.length);
            }
        };
        try {
            // Links the class, which verifies it, and does not initialise it.
            return Optional.ofNullable(loader.loadClass(name).getDeclaredMethods()).map(linked -> (String) null);
        } catch (VerifyError | ClassFormatError refused) {
            return Optional.of(refused.getMessage().lines().findFirst().orElse("") + " " + refused.getMessage().lines().filter(line -> line.contains("Reason") || line.contains("Location")).toList());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}

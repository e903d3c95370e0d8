package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Class files from before frames, nests and invokedynamic. */
class OldClassFilesTest {

    @ParameterizedTest
    @ValueSource(ints = {46, 49, 50})
    void aPoolOfThatVersionRunsWoven(int version) throws Exception {
        Fixture fixture = Fixture.compile("pool", source -> source);
        Map<String, byte[]> old = new HashMap<>();
        fixture.classes().forEach((name, bytes) -> old.put(name, OldClassFile.lower(bytes, version)));
        Plan plan = (Plan) Prover.prove(new PoolTarget().build(), old::get);
        Gate gate = Gates.create("pool", "test", Mode.BYPASS);
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        Map<String, byte[]> woven = new HashMap<>(old);
        plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, old.get(name), gate.number())));
        Class<?> bench = fixture.loader(woven).loadClass("pool.Bench");
        for (String kind : List.of("Reentrant", "Monitor", "Spin")) {
            Object pool = bench.getConstructor(String.class).newInstance(kind);
            bench.getMethod("wake").invoke(pool);
            bench.getMethod("insert").invoke(pool);
            bench.getMethod("wake").invoke(pool);
            assertEquals(1L, bench.getMethod("locks").invoke(pool), kind);
            assertEquals(2, bench.getMethod("handled").invoke(pool), kind);
        }
        assertEquals("open", gate.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {46, 47, 48, 49})
    void subroutinesAreRefused(int version) throws Exception {
        Fixture fixture = Fixture.compile("pool", source -> source);
        ClassNode node = new ClassNode();
        new ClassReader(OldClassFile.lower(fixture.bytes("pool.SpinWake"), version)).accept(node, 0);
        LabelNode subroutine = new LabelNode();
        LabelNode over = new LabelNode();
        InsnList jsr = new InsnList();
        jsr.add(new JumpInsnNode(Opcodes.JSR, subroutine));
        jsr.add(new JumpInsnNode(Opcodes.GOTO, over));
        jsr.add(subroutine);
        jsr.add(new VarInsnNode(Opcodes.ASTORE, 9));
        jsr.add(new VarInsnNode(Opcodes.RET, 9));
        jsr.add(over);
        jsr.add(new InsnNode(Opcodes.NOP));
        node.methods.stream().filter(method -> method.name.equals("wake")).forEach(method -> method.instructions.insert(jsr));
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        Refused refused = (Refused) Prover.prove(new PoolTarget().build(), name -> name.equals("pool.SpinWake") ? writer.toByteArray() : fixture.bytes(name));
        assertTrue(refused.refusals().get(0).toString().contains("pool.SpinWake#wake: found code that cannot be followed"), refused.toString());
    }
}

package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.usr1.runtime.Mode;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Class files that no Java compiler writes: uses of a field or method without an instruction that names it, and jumps that are too far. */
class ByteAttacksTest {

    private static final String OBJECT = "java/lang/Object";
    private static final String COLLECTION = "the collection in asked.StatusPool.unused used by a method handle or VarHandle";
    private static final String WRITES = "the field pool.Connection.list written by a method handle or VarHandle";
    private static final Handle UNUSED = new Handle(H_GETFIELD, "asked/StatusPool", "unused", "Ljava/util/LinkedList;", false);
    private static final Handle LIST = new Handle(H_PUTFIELD, "pool/Connection", "list", "Lpool/IdleConns;", false);
    private static final Handle WAKE = new Handle(H_INVOKEVIRTUAL, "moving/Pool", "wake", "(Lmoving/Connection;)V", false);

    @TestFactory Stream<DynamicTest> aFieldOrMethodUsedByAConstant() {
        return Stream.of(
                test("a handle that reads the collection", COLLECTION, "asked", "asked.StatusPool", pushes(UNUSED)),
                test("one inside a computed constant", COLLECTION, "asked", "asked.StatusPool", pushes(computed(UNUSED))),
                test("a VarHandle of the collection", COLLECTION, "asked", "asked.StatusPool", pushes(varHandle("unused", "asked/StatusPool", "java/util/LinkedList"))),
                test("an accessor that hands out what it does not read", "asked.StatusPool.unused returned", "asked", "asked.StatusPool", ByteAttacksTest::accessor),
                test("a handle that writes a guarded field", WRITES, "pool", "pool.IdleConns", pushes(LIST)),
                test("one as an argument of an invokedynamic", WRITES, "pool", "pool.IdleConns", calls(LIST)),
                test("a VarHandle of the field", WRITES, "pool", "pool.IdleConns", pushes(varHandle("list", "pool/Connection", "pool/IdleConns"))),
                test("a handle of the site", "a method reference or code that cannot be followed", "moving", "moving.Pool", pushes(WAKE)),
                test("one inside a computed constant", "a method reference or code that cannot be followed", "moving", "moving.Pool", calls(computed(WAKE))),
                test("two fields of one name", "pool.Connection: found two fields named list", "pool", "pool.Connection", type -> type.fields.add(new FieldNode(0, "list", "I", null, null))));
    }

    @TestFactory Stream<DynamicTest> inAClassThatComesLater() {
        return Stream.of(later("asked.Later", "a use of asked.StatusPool.unused in a class that was not proved", "asked", pushes(computed(UNUSED))),
                later("pool.Later", WRITES, "pool", pushes(LIST)),
                later("moving.Later", "a call of moving.Pool#wake in a class that was not proved", "moving", calls(computed(WAKE))));
    }

    /** Both bodies of a wake keep the jumps of more than two bytes that the original has, and do the same. */
    @Test void jumpsThatAreTooFarForTwoBytes() throws Exception {
        String far = "        if (since < 0) {\n" + "            since += 100000L;\n".repeat(6_000) + "        }\n";
        Fixture fixture = Fixture.compile("pool", source -> source.replace("        Connection connection;\n        boolean wasIdle;\n", far + "        Connection connection;\n        boolean wasIdle;\n"));
        assertTrue(fixture.bytes("pool.ReentrantWake").length > Short.MAX_VALUE, "the jumps are wide");
        WovenPool pool = new WovenPool(fixture, "Reentrant", Mode.BYPASS);
        pool.call("wake");
        assertEquals(0L, pool.<Long>call("locks"), "bypassed");
        pool.call("insert");
        pool.call("wake");
        assertEquals(1L, pool.<Long>call("locks"), "listed");
        assertEquals(2, pool.<Integer>call("handled"));
    }

    private static Consumer<ClassNode> pushes(Object constant) {
        return type -> {
            MethodNode method = new MethodNode(ACC_STATIC, "sneak", "()V", null, null);
            method.visitLdcInsn(constant);
            method.visitInsn(POP);
            method.visitInsn(RETURN);
            type.methods.add(method);
        };
    }

    private static Consumer<ClassNode> calls(Object argument) {
        return type -> {
            MethodNode method = new MethodNode(ACC_STATIC, "sneak", "()V", null, null);
            method.visitInvokeDynamicInsn("call", "()V", new Handle(H_INVOKESTATIC, "some/Bootstrap", "link", "()Ljava/lang/Object;", false), argument);
            method.visitInsn(RETURN);
            type.methods.add(method);
        };
    }

    private static ConstantDynamic computed(Object of) {
        Handle identity = new Handle(H_INVOKESTATIC, "some/Bootstrap", "same", "()Ljava/lang/Object;", false);
        return new ConstantDynamic("one", "Ljava/lang/Object;", identity, new ConstantDynamic("two", "Ljava/lang/Object;", identity, of));
    }

    private static ConstantDynamic varHandle(String field, String owner, String type) {
        return new ConstantDynamic(field, "Ljava/lang/invoke/VarHandle;", new Handle(H_INVOKESTATIC, "java/lang/invoke/ConstantBootstraps", "fieldVarHandle",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;Ljava/lang/Class;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;", false),
                Type.getObjectType(owner), Type.getObjectType(type));
    }

    /** Reads the collection and returns it; looks like javac's accessors by its name only. */
    private static void accessor(ClassNode type) {
        MethodNode method = new MethodNode(ACC_STATIC | ACC_SYNTHETIC, "access$900", "(Lasked/StatusPool;)Ljava/lang/Object;", null, null);
        method.visitVarInsn(ALOAD, 0);
        method.visitFieldInsn(GETFIELD, "asked/StatusPool", "unused", "Ljava/util/LinkedList;");
        method.visitInsn(DUP);
        method.visitInsn(POP);
        method.visitInsn(ARETURN);
        type.methods.add(method);
    }

    private static DynamicTest test(String name, String found, String folder, String changed, Consumer<ClassNode> change) {
        return DynamicTest.dynamicTest(name, () -> {
            Map<String, byte[]> classes = new TreeMap<>(Fixture.compile(folder, source -> source).classes());
            classes.put(changed, written(new ClassReader(classes.get(changed)), change));
            AttacksTest.refused(prove(folder, classes::get), found);
        });
    }

    private static DynamicTest later(String name, String found, String folder, Consumer<ClassNode> change) {
        return DynamicTest.dynamicTest(name, () -> {
            Verdict verdict = prove(folder, Fixture.compile(folder, source -> source).source());
            Plan plan = assertInstanceOf(Plan.class, verdict, () -> String.valueOf(((Refused) verdict).refusals()));
            ClassNode type = new ClassNode();
            type.visit(V17, ACC_SUPER, name.replace('.', '/'), null, OBJECT, null);
            ClassWriter written = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            change.accept(type);
            type.accept(written);
            String sentence = String.valueOf(plan.inspect(name, written.toByteArray()));
            assertTrue(sentence.contains(found), sentence);
        });
    }

    private static byte[] written(ClassReader original, Consumer<ClassNode> change) {
        ClassNode type = new ClassNode();
        original.accept(type, 0);
        change.accept(type);
        ClassWriter written = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.accept(written);
        return written.toByteArray();
    }

    private static Verdict prove(String folder, ClassSource source) {
        return Prover.prove(switch (folder) {
            case "pool" -> new PoolTarget().build();
            case "moving" -> MovingPool.target(MovingPool.ALONE, "", "");
            default -> AskedPool.target("status", text -> text);
        }, source);
    }
}

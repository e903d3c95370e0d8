package io.usr1.weaver.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A JVM keeps no stack map frames of a class that it does not verify, as JDK 17 does with the boot loader's. What it puts together of
 * such a class for a retransformation cannot be verified by anybody; its class file can.
 */
public final class LostFrames {

    private LostFrames() {
    }

    /**
     * The class file if it only adds frames to what runs; else what runs.
     *
     * @param file null if there is none
     */
    public static byte[] restored(byte[] running, byte[] file) {
        return file != null && !framed(running) && framed(file) && same(tree(running), tree(file)) ? file : running;
    }

    private static boolean framed(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
        return type.methods.stream().anyMatch(method -> Arrays.stream(method.instructions.toArray()).anyMatch(FrameNode.class::isInstance));
    }

    private static ClassNode tree(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return type;
    }

    private static boolean same(ClassNode one, ClassNode other) {
        return one.version == other.version && one.superName.equals(other.superName) && one.interfaces.equals(other.interfaces)
                && fields(one).equals(fields(other)) && one.methods.size() == other.methods.size()
                && one.methods.stream().allMatch(method -> other.methods.stream().anyMatch(found -> found.name.equals(method.name) && Arrays.equals(alone(method), alone(found))));
    }

    private static List<String> fields(ClassNode type) {
        List<String> fields = new ArrayList<>();
        type.fields.forEach(field -> fields.add(field.access + " " + field.name + " " + field.desc + " " + field.value));
        fields.sort(null);
        return fields;
    }

    /** A class of that method, in which constants are numbered as the method needs them. */
    private static byte[] alone(MethodNode method) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, 0, "Alone", null, "java/lang/Object", null);
        MethodVisitor copy = writer.visitMethod(method.access, method.name, method.desc, null, null);
        if (method.instructions.size() > 0) {
            method.instructions.resetLabels();
            method.tryCatchBlocks.forEach(block -> block.accept(copy));
            method.instructions.accept(copy);
            copy.visitMaxs(method.maxStack, method.maxLocals);
        }
        copy.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}

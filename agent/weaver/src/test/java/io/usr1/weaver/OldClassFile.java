package io.usr1.weaver;

import java.util.Map;
import java.util.TreeMap;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Makes class files of a version from before frames, nests and invokedynamic out of new ones. */
final class OldClassFile {

    private OldClassFile() {
    }

    static Map<String, byte[]> lower(Map<String, byte[]> classes, int version) {
        Map<String, byte[]> old = new TreeMap<>();
        classes.forEach((name, bytes) -> old.put(name, lower(bytes, version)));
        return old;
    }

    /** 46 is Java 1.2, 49 is Java 5, 50 may have frames or not; 51 must have them. */
    static byte[] lower(byte[] bytes, int version) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, version < Opcodes.V1_7 ? ClassReader.SKIP_FRAMES : 0);
        node.version = version;
        node.nestHostClass = null;
        node.nestMembers = null;
        if (version < Opcodes.V1_5) {
            // A shape about class objects is none there: they cannot be named.
            node.methods.removeIf(method -> method.invisibleAnnotations != null && namesClass(method));
            node.methods.forEach(OldClassFile::nameByString);
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static boolean namesClass(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LdcInsnNode constant && constant.cst instanceof Type) {
                return true;
            }
        }
        return false;
    }

    private static void nameByString(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn instanceof LdcInsnNode constant && constant.cst instanceof Type type) {
                method.instructions.insertBefore(insn, new LdcInsnNode(type.getClassName()));
                method.instructions.set(insn, new MethodInsnNode(Opcodes.INVOKESTATIC, "java/lang/Class", "forName", "(Ljava/lang/String;)Ljava/lang/Class;", false));
            }
        }
    }
}

package io.usr1.weaver.weave;

import java.util.ArrayList;
import java.util.List;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodNode;

/** Stack map frames of a method, kept as the compiler wrote them and extended by what is added. */
final class Frames {

    private Frames() {
    }

    /** Whether class files of that version have frames; the verifier of older ones infers the types. */
    static boolean used(ClassNode host) {
        return (host.version & 0xFFFF) >= Opcodes.V1_6;
    }

    /**
     * Reserves {@code count} locals behind those of the method, objects that are assigned at its very start, and makes
     * every frame know them.
     *
     * @return the first slot
     */
    static int reserve(MethodNode method, int count) {
        int slot = method.maxLocals;
        method.maxLocals += count;
        for (AbstractInsnNode insn : method.instructions) {
            // For none a frame stays as it is: padded, it would name locals that the shortened body no longer has.
            if (count > 0 && insn instanceof FrameNode frame) {
                extend(frame, slot, count);
            }
        }
        return slot;
    }

    /** What a frame says of the locals at a method's start. */
    static List<Object> ofArguments(ClassNode host, MethodNode method) {
        List<Object> locals = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            locals.add(host.name);
        }
        for (Type type : Type.getArgumentTypes(method.desc)) {
            locals.add(of(type));
        }
        return locals;
    }

    /** What a frame says of a value of that type. */
    static Object of(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    /** Makes a frame know of a long at that slot; what was there and behind moves. */
    static void insertLong(FrameNode frame, int slot) {
        List<Object> locals = frame.local == null ? new ArrayList<>() : new ArrayList<>(frame.local);
        int used = 0;
        int index = 0;
        for (; used < slot; index++) {
            if (index == locals.size()) {
                locals.add(Opcodes.TOP);
            }
            used += wide(locals.get(index)) ? 2 : 1;
        }
        locals.add(index, Opcodes.LONG);
        frame.local = locals;
    }

    private static boolean wide(Object local) {
        return Opcodes.LONG.equals(local) || Opcodes.DOUBLE.equals(local);
    }

    private static void extend(FrameNode frame, int slot, int count) {
        List<Object> locals = frame.local == null ? new ArrayList<>() : new ArrayList<>(frame.local);
        int used = 0;
        for (Object local : locals) {
            used += wide(local) ? 2 : 1;
        }
        for (; used < slot; used++) {
            locals.add(Opcodes.TOP);
        }
        for (int i = 0; i < count; i++) {
            locals.add("java/lang/Object");
        }
        frame.local = locals;
    }
}

package io.usr1.weaver.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Instructions in the order in which they run. */
final class Snippet {

    static final String OBJECT = "Ljava/lang/Object;";
    static final String RUNTIME = "io/usr1/runtime/";
    static final String GATE = type("Gate");
    static final String SITE = type("Site");
    static final String GATE_FIELD = "usr1$gate";

    private final InsnList insns = new InsnList();

    /** Descriptor of a class of the runtime. */
    static String type(String simpleName) {
        return "L" + RUNTIME + simpleName + ";";
    }

    static String siteField(int site) {
        return "usr1$site" + site;
    }

    InsnList list() {
        return insns;
    }

    Snippet op(int opcode) {
        insns.add(new InsnNode(opcode));
        return this;
    }

    Snippet load(Type type, int slot) {
        insns.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
        return this;
    }

    Snippet var(int opcode, int slot) {
        insns.add(new VarInsnNode(opcode, slot));
        return this;
    }

    Snippet push(int value) {
        if (value >= -1 && value <= 5) {
            return op(Opcodes.ICONST_0 + value);
        }
        insns.add(value == (short) value ? new IntInsnNode(Opcodes.SIPUSH, value) : new LdcInsnNode(value));
        return this;
    }

    Snippet text(String value) {
        insns.add(new LdcInsnNode(value));
        return this;
    }

    /** The class object; class files older than Java 5 cannot say that. */
    Snippet classObject(String internalName) {
        insns.add(new LdcInsnNode(Type.getObjectType(internalName)));
        return this;
    }

    Snippet cast(String internalName) {
        insns.add(new TypeInsnNode(Opcodes.CHECKCAST, internalName));
        return this;
    }

    Snippet instance(String internalName) {
        insns.add(new TypeInsnNode(Opcodes.INSTANCEOF, internalName));
        return this;
    }

    Snippet field(int opcode, String owner, String name, String descriptor) {
        insns.add(new FieldInsnNode(opcode, owner, name, descriptor));
        return this;
    }

    Snippet call(int opcode, String owner, String name, String descriptor) {
        insns.add(new MethodInsnNode(opcode, owner, name, descriptor, false));
        return this;
    }

    /** A static method of the runtime. */
    Snippet runtime(String simpleName, String name, String descriptor) {
        return call(Opcodes.INVOKESTATIC, RUNTIME + simpleName, name, descriptor);
    }

    Snippet gate(String host) {
        return field(Opcodes.GETSTATIC, host, GATE_FIELD, GATE);
    }

    Snippet site(String host, int site) {
        return field(Opcodes.GETSTATIC, host, siteField(site), SITE);
    }

    Snippet jump(int opcode, LabelNode target) {
        insns.add(new JumpInsnNode(opcode, target));
        return this;
    }

    Snippet label(LabelNode label) {
        insns.add(label);
        return this;
    }

    Snippet frame(Object... locals) {
        insns.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
        return this;
    }

    /** At the start of a handler. */
    Snippet caught(Object[] locals, String exception) {
        insns.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {exception}));
        return this;
    }

    /** The root of a path that starts in a local variable, and on it the walk to the carrier; an object or null stays on the stack. */
    Snippet carrier(String host, ClassWeave.Path path) {
        return var(Opcodes.ALOAD, path.slot()).walk(host, path);
    }

    /** From the root on the stack to the carrier. */
    Snippet walk(String host, ClassWeave.Path path) {
        return path.walks() ? call(Opcodes.INVOKESTATIC, host, PathWriter.name(path), PathWriter.descriptor(path)) : this;
    }

    /** What is to be answered; arguments are in local variables from {@code slot} on. */
    Snippet value(ClassWeave.Value value, Type[] arguments, int slot) {
        if (value.kind() == ClassWeave.Value.Kind.CONSTANT) {
            return value.number() == null ? op(Opcodes.ACONST_NULL) : push(value.number());
        }
        if (value.kind() == ClassWeave.Value.Kind.NOTHING) {
            return this;
        }
        int at = slot;
        for (int i = 0; i < value.number(); i++) {
            at += arguments[i].getSize();
        }
        load(arguments[value.number()], at);
        return value.kind() == ClassWeave.Value.Kind.ARGUMENT ? this
                : runtime("Marks", "present", "(Ljava/lang/Object;)Z");
    }
}

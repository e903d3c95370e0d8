package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes SET and CLEAR. What needs a branch is in a method of its own, so the host needs no frames. */
final class MarkWriter {

    private final ClassNode host;
    private final MethodNode method;
    private final ClassWeave.Mark mark;

    private MarkWriter(ClassNode host, MethodNode method, ClassWeave.Mark mark) {
        this.host = host;
        this.method = method;
        this.mark = mark;
    }

    static void weave(ClassNode host, MethodNode method, Map<Integer, AbstractInsnNode> numbered, ClassWeave.Mark mark) {
        new MarkWriter(host, method, mark).weave(numbered);
    }

    private void weave(Map<Integer, AbstractInsnNode> numbered) {
        if (mark.path().from() == ClassWeave.From.EACH) {
            method.instructions.insertBefore(numbered.get(mark.call()), new Snippet().op(DUP).gate(host.name)
                    .runtime("Marks", "setEach", "(Ljava/lang/Object;" + Snippet.GATE + ")V").list());
            return;
        }
        PathWriter.write(host, mark.path(), mark.set());
        if (mark.takes()) {
            new TakingWriter(host, mark).weave(method, (MethodInsnNode) numbered.get(mark.call()));
            return;
        }
        if (branches()) {
            PathWriter.writeMark(host, mark);
        }
        switch (mark.at()) {
            case ENTRY -> method.instructions.insert(code(mark.path().slot()));
            case EXIT -> {
                for (AbstractInsnNode insn : method.instructions.toArray()) {
                    if (insn.getOpcode() >= IRETURN && insn.getOpcode() <= RETURN) {
                        // The value to be returned stays on the stack below what is called here.
                        method.instructions.insertBefore(insn, code(mark.path().slot()));
                    }
                }
            }
            default -> atCall((MethodInsnNode) numbered.get(mark.call()));
        }
    }

    private void atCall(MethodInsnNode call) {
        int slot = mark.path().from() == ClassWeave.From.PASSED ? spill(call, mark.path().slot()) : mark.path().slot();
        if (mark.at() == ClassWeave.At.BEFORE) {
            method.instructions.insertBefore(call, code(slot));
        } else {
            method.instructions.insert(call, code(slot));
        }
    }

    /**
     * Puts the call's arguments from that one on into variables of their own and back onto the stack. Nothing jumps in
     * between, so no frame has to know of them.
     *
     * @return the variable of the argument
     */
    private int spill(MethodInsnNode call, int argument) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        Snippet code = new Snippet();
        int[] slots = new int[arguments.length];
        for (int i = arguments.length - 1; i >= argument; i--) {
            slots[i] = method.maxLocals;
            method.maxLocals += arguments[i].getSize();
            code.var(arguments[i].getOpcode(ISTORE), slots[i]);
        }
        for (int i = argument; i < arguments.length; i++) {
            code.load(arguments[i], slots[i]);
        }
        method.instructions.insertBefore(call, code.list());
        return slots[argument];
    }

    private InsnList code(int slot) {
        Snippet code = new Snippet();
        if (mark.path().from() == ClassWeave.From.RETURNED) {
            code.op(DUP);
        } else {
            code.var(ALOAD, slot);
        }
        if (!branches()) {
            return PathWriter.mark(host, code.walk(host.name, mark.path()), mark.set()).list();
        }
        if (mark.when() != null) {
            if (mark.when().from() == ClassWeave.From.LOCAL) {
                code.load(Type.getType(mark.when().descriptor()), mark.when().slot());
            } else if (mark.path().from() == ClassWeave.From.RETURNED) {
                code.op(DUP); // The root is what was returned, and so is the condition's value.
            } else {
                code.op(SWAP).op(DUP_X1); // Below the root is what was returned; it stays there.
            }
        }
        return code.call(INVOKESTATIC, host.name, PathWriter.markName(mark.path()), PathWriter.markDescriptor(mark)).list();
    }

    private boolean branches() {
        return mark.when() != null || !mark.listed().isEmpty();
    }
}

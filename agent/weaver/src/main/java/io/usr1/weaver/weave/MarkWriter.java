package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;

/** Writes SET and CLEAR. */
final class MarkWriter {

    private MarkWriter() {
    }

    static void weave(ClassNode host, MethodNode method, ClassWeave.Mark mark) {
        if (mark.listed().isEmpty()) {
            PathWriter.write(host, mark.path());
        } else {
            PathWriter.writeClear(host, mark.path(), mark.listed());
        }
        if (!mark.exit()) {
            method.instructions.insert(code(host, mark));
            return;
        }
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() >= IRETURN && insn.getOpcode() <= RETURN) {
                // The value to be returned stays on the stack below what is called here.
                method.instructions.insertBefore(insn, code(host, mark));
            }
        }
    }

    private static InsnList code(ClassNode host, ClassWeave.Mark mark) {
        if (!mark.listed().isEmpty()) {
            return new Snippet().var(ALOAD, mark.path().slot())
                    .call(INVOKESTATIC, host.name, PathWriter.clearName(mark.path()), PathWriter.clearDescriptor(mark.path())).list();
        }
        Snippet code = new Snippet().carrier(host.name, mark.path());
        return mark.set()
                ? code.gate(host.name).runtime("Marks", "set", "(Ljava/lang/Object;" + Snippet.GATE + ")V").list()
                : code.runtime("Marks", "clear", "(Ljava/lang/Object;)V").list();
    }
}

package io.usr1.weaver.code;

import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Whether a method was left alone: then its verification is what it was. */
final class SameCode {

    private SameCode() {
    }

    static boolean in(ClassNode before, MethodNode method) {
        return before.methods.stream().anyMatch(old -> old.name.equals(method.name) && old.desc.equals(method.desc) && old.access == method.access
                && old.tryCatchBlocks.size() == method.tryCatchBlocks.size() && same(real(old.instructions), real(method.instructions)));
    }

    private static boolean same(List<AbstractInsnNode> old, List<AbstractInsnNode> now) {
        if (old.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            if (!same(old.get(i), now.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Nothing that is woven differs in constants or jumps alone. */
    private static boolean same(AbstractInsnNode old, AbstractInsnNode now) {
        if (old.getOpcode() != now.getOpcode()) {
            return false;
        }
        if (old instanceof MethodInsnNode call && now instanceof MethodInsnNode other) {
            return call.owner.equals(other.owner) && call.name.equals(other.name) && call.desc.equals(other.desc);
        }
        if (old instanceof FieldInsnNode field && now instanceof FieldInsnNode other) {
            return field.owner.equals(other.owner) && field.name.equals(other.name) && field.desc.equals(other.desc);
        }
        return !(old instanceof VarInsnNode variable) || Objects.equals(variable.var, ((VarInsnNode) now).var);
    }

    private static List<AbstractInsnNode> real(InsnList instructions) {
        return StreamSupport.stream(instructions.spliterator(), false).filter(insn -> insn.getOpcode() >= 0).toList();
    }
}

package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.PUTSTATIC;

import java.util.List;

import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.weaver.code.LockOp.Mode;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What a field of type {@code Lock} is seen to be given: whether to hold it keeps all others out. */
final class LockMade {

    private LockMade() {
    }

    /** EXCLUSIVE only if each write that the declaring class itself has is plainly of such a lock. */
    static Mode mode(LockSpec lock, Classes classes) {
        ClassNode owner = lock.place() instanceof LockPlace.Field ? classes.find(Names.internal(lock.place().owner())).orElse(null) : null;
        boolean written = false;
        for (MethodNode method : owner == null ? List.<MethodNode>of() : owner.methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof FieldInsnNode put && (put.getOpcode() == PUTFIELD || put.getOpcode() == PUTSTATIC)
                        && put.owner.equals(owner.name) && put.name.equals(((LockPlace.Field) lock.place()).field().name())) {
                    if (!exclusive(put, lock, classes)) {
                        return Mode.SHARED;
                    }
                    written = true;
                }
            }
        }
        return written ? Mode.EXCLUSIVE : Mode.SHARED;
    }

    private static boolean exclusive(FieldInsnNode put, LockSpec lock, Classes classes) {
        AbstractInsnNode made = put.getPrevious();
        // A label in between would mean that another way leads here, with another value.
        while (made != null && made.getOpcode() == CHECKCAST) {
            made = made.getPrevious();
        }
        if (!(made instanceof MethodInsnNode call)) {
            return false;
        }
        LockCalls calls = new LockCalls(lock, classes);
        return call.name.equals("<init>") ? calls.is(call.owner, "ReentrantLock") : calls.view(call) == Mode.EXCLUSIVE;
    }
}

package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.MONITORENTER;
import static org.objectweb.asm.Opcodes.MONITOREXIT;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MethodRef;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Finds what a method does to one lock of the target: the lock is the one whose last step is the target's field.
 *
 * @param ops    on that lock
 * @param unsure on something of the same kind that may or may not be that lock
 */
public record LockOps(List<LockOp> ops, List<LockOp> unsure) {

    private static final Set<String> JUC = Set.of("java/util/concurrent/locks/ReentrantLock", "java/util/concurrent/locks/Lock");

    public static LockOps find(MethodCode code, LockSpec lock, Classes classes) {
        List<LockOp> ops = new ArrayList<>();
        List<LockOp> unsure = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            LockOp op = code.reachable(i) ? op(code, i, lock, classes) : null;
            if (op != null && lock.place() instanceof LockPlace.Field place && Names.is(place.field(), op.lock())) {
                ops.add(op);
            } else if (op != null && op.lock() instanceof Sym.Opaque) {
                unsure.add(op);
            }
        }
        return new LockOps(ops, unsure);
    }

    private static LockOp op(MethodCode code, int index, LockSpec lock, Classes classes) {
        AbstractInsnNode insn = code.at(index);
        LockOp.Kind kind = switch (lock.kind()) {
            case MONITOR -> monitor(insn);
            case REENTRANT -> reentrant(insn);
            case OWN -> own(insn, lock, classes);
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        int depth = insn instanceof MethodInsnNode call ? Type.getArgumentTypes(call.desc).length : 0;
        return new LockOp(kind, insn, code.stack(index, depth));
    }

    private static LockOp.Kind monitor(AbstractInsnNode insn) {
        return switch (insn.getOpcode()) {
            case MONITORENTER -> LockOp.Kind.ACQUIRE;
            case MONITOREXIT -> LockOp.Kind.RELEASE;
            default -> insn instanceof MethodInsnNode call && call.owner.equals("java/lang/Object")
                    && (call.name.equals("wait") || call.name.startsWith("notify")) ? LockOp.Kind.OTHER : null;
        };
    }

    private static LockOp.Kind reentrant(AbstractInsnNode insn) {
        if (!(insn instanceof MethodInsnNode call) || !JUC.contains(call.owner)) {
            return null;
        }
        return switch (call.name + call.desc) {
            case "lock()V" -> LockOp.Kind.ACQUIRE;
            case "unlock()V" -> LockOp.Kind.RELEASE;
            case "tryLock()Z" -> LockOp.Kind.ATTEMPT;
            default -> call.getOpcode() == Opcodes.INVOKESPECIAL ? null : LockOp.Kind.OTHER;
        };
    }

    private static LockOp.Kind own(AbstractInsnNode insn, LockSpec lock, Classes classes) {
        if (!(insn instanceof MethodInsnNode call) || call.getOpcode() == Opcodes.INVOKESTATIC || call.getOpcode() == Opcodes.INVOKESPECIAL) {
            return null;
        }
        if (is(lock.acquire(), call, "()V", classes)) {
            return LockOp.Kind.ACQUIRE;
        }
        if (is(lock.release(), call, "()V", classes)) {
            return LockOp.Kind.RELEASE;
        }
        if (is(lock.attempt(), call, "()Z", classes)) {
            return LockOp.Kind.ATTEMPT;
        }
        return call.owner.equals(Names.internal(lock.acquire().owner())) ? LockOp.Kind.OTHER : null;
    }

    private static boolean is(MethodRef wanted, MethodInsnNode call, String descriptor, Classes classes) {
        return wanted != null && Names.matches(wanted, call.name, call.desc) && call.desc.equals(descriptor)
                && classes.method(call.owner, call.name, call.desc).filter(m -> m.owner().name.equals(Names.internal(wanted.owner()))).isPresent();
    }
}

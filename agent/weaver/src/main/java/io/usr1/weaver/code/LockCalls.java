package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import java.util.Set;

import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MethodRef;
import io.usr1.weaver.code.LockOp.Kind;
import io.usr1.weaver.code.LockOp.Mode;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** What an instruction does to a lock of one kind, whichever object that is. */
final class LockCalls {

    static final String LOCKS = "java/util/concurrent/locks/";

    /** Methods of read-write and stamped locks that yield another form of the same lock. */
    private static final Map<String, Mode> VIEWS = Map.of("readLock", Mode.SHARED, "writeLock", Mode.EXCLUSIVE,
            "asReadLock", Mode.SHARED, "asWriteLock", Mode.EXCLUSIVE);
    private static final Set<String> READS = Set.of("readLock()J", "readLockInterruptibly()J", "unlockRead(J)V");

    /** Final in Object, so the class that a call names does not matter. */
    private static final Set<String> WAITS = Set.of("wait()V", "wait(J)V", "wait(JI)V", "notify()V", "notifyAll()V");

    private final LockSpec lock;
    private final Classes classes;

    LockCalls(LockSpec lock, Classes classes) {
        this.lock = lock;
        this.classes = classes;
    }

    /** @return null if it does nothing to such a lock */
    Kind kind(AbstractInsnNode insn) {
        if (lock.kind() == LockSpec.Kind.MONITOR) {
            return monitor(insn);
        }
        if (!(insn instanceof MethodInsnNode call) || call.getOpcode() == INVOKESTATIC || call.name.equals("<init>")) {
            return null;
        }
        return switch (lock.kind()) {
            case OWN -> own(call);
            case STAMPED -> is(call.owner, "StampedLock") ? stamped(call) : is(call.owner, "Lock") ? juc(call) : null;
            default -> is(call.owner, "Lock") ? juc(call) : null;
        };
    }

    /** The mode in which a stamped lock is taken or given back by that call. */
    static Mode stampMode(MethodInsnNode call) {
        return call.name.equals("unlock") ? Mode.EITHER : READS.contains(call.name + call.desc) ? Mode.SHARED : Mode.EXCLUSIVE;
    }

    /** What is held through a value that such a call yielded: null if the call yields no view of a read-write or stamped lock. */
    Mode view(AbstractInsnNode insn) {
        boolean asked = insn instanceof MethodInsnNode call && call.desc.startsWith("()L") && is(call.owner, call.name.startsWith("as") ? "StampedLock" : "ReadWriteLock");
        return asked ? VIEWS.get(((MethodInsnNode) insn).name) : null;
    }

    static boolean yieldsView(MethodInsnNode call) {
        return VIEWS.containsKey(call.name);
    }

    /** Whether a class is that one of java.util.concurrent.locks, or a subtype. */
    boolean is(String owner, String simpleName) {
        String wanted = LOCKS + simpleName;
        return owner.equals(wanted) || classes.find(owner).filter(type -> classes.supertypes(type).contains(wanted)).isPresent();
    }

    private static Kind monitor(AbstractInsnNode insn) {
        if (insn instanceof MethodInsnNode call) {
            return WAITS.contains(call.name + call.desc) || call.owner.equals("java/lang/Thread") && call.name.equals("holdsLock") ? Kind.OTHER : null;
        }
        return insn.getOpcode() == MONITORENTER ? Kind.ACQUIRE : insn.getOpcode() == MONITOREXIT ? Kind.RELEASE : null;
    }

    private static Kind juc(MethodInsnNode call) {
        return switch (call.name + call.desc) {
            case "lock()V" -> Kind.ACQUIRE;
            case "unlock()V" -> Kind.RELEASE;
            case "tryLock()Z" -> Kind.ATTEMPT;
            case "lockInterruptibly()V" -> Kind.INTERRUPTIBLE;
            case "tryLock(JLjava/util/concurrent/TimeUnit;)Z" -> Kind.TIMED_ATTEMPT;
            default -> call.getOpcode() == INVOKESPECIAL ? null : Kind.OTHER;
        };
    }

    private static Kind stamped(MethodInsnNode call) {
        return switch (call.name + call.desc) {
            case "readLock()J", "writeLock()J" -> Kind.ACQUIRE;
            case "readLockInterruptibly()J", "writeLockInterruptibly()J" -> Kind.INTERRUPTIBLE;
            case "unlockRead(J)V", "unlockWrite(J)V", "unlock(J)V" -> Kind.RELEASE;
            default -> VIEWS.containsKey(call.name) ? null : Kind.OTHER;
        };
    }

    private Kind own(MethodInsnNode call) {
        if (is(lock.acquire(), call)) {
            return Kind.ACQUIRE;
        }
        if (is(lock.release(), call)) {
            return Kind.RELEASE;
        }
        if (is(lock.attempt(), call)) {
            return Kind.ATTEMPT;
        }
        // Of a lock class every other method is about the lock; of a pool that has methods to lock it, it is not.
        boolean lockClass = !(lock.place() instanceof LockPlace.ObjectOf) && call.getOpcode() != INVOKESPECIAL;
        return lockClass && call.owner.equals(Names.internal(lock.acquire().owner())) ? Kind.OTHER : null;
    }

    private boolean is(MethodRef wanted, MethodInsnNode call) {
        return wanted != null && call.name.equals(wanted.name()) && Type.getArgumentTypes(call.desc).length == 0 && Names.matches(wanted, call.name, call.desc)
                && classes.method(call.owner, call.name, call.desc).filter(m -> m.owner().name.equals(Names.internal(wanted.owner()))).isPresent();
    }
}

package io.usr1.weaver.code;

import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * An instruction that takes a lock or gives it back.
 *
 * @param lock what it is done to, as seen before the instruction
 */
public record LockOp(Kind kind, AbstractInsnNode at, Sym lock) {

    /** What it does. */
    public enum Kind {
        ACQUIRE, RELEASE,
        /** Returns a boolean: taken or not. */
        ATTEMPT,
        /** Takes or uses the lock in a way that is not followed: interruptible, timed, a question about its holder. */
        OTHER
    }
}

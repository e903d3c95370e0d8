package io.usr1.weaver.code;

import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * Something that takes a lock or gives it back.
 *
 * @param mode what is held meanwhile
 * @param at   the instruction; null for the acquisition of a synchronized method, which is held from before the first
 *             instruction until after the last
 * @param lock what it is done to: the lock itself, also where the code goes through a view ({@code readLock()}) or
 *             through what the acquisition returned ({@code close()})
 * @param token of a release: what it must be handed that the acquisition gave, a stamp or the object to close; else null
 */
public record LockOp(Kind kind, Mode mode, AbstractInsnNode at, Sym lock, Sym token) {

    /** What it does. */
    public enum Kind {
        ACQUIRE, RELEASE,
        /** Returns a boolean: taken or not. */
        ATTEMPT,
        /** As ACQUIRE, but ends with an exception if the thread is interrupted: its caller may rely on that. */
        INTERRUPTIBLE,
        /** As ATTEMPT, after waiting for a while. */
        TIMED_ATTEMPT,
        /** Takes or uses the lock in a way that is not followed: a wait, a question about its holder, a conversion. */
        OTHER
    }

    /** Who else may hold it at the same time. */
    public enum Mode {
        EXCLUSIVE,
        /** Others may hold it as well: it keeps writers away, but orders nothing between two holders. */
        SHARED,
        /** Of a release that gives back either. */
        EITHER
    }

    /** True for the acquisition of a synchronized method. */
    public boolean whole() {
        return at == null;
    }

    boolean takes() {
        return kind != Kind.RELEASE && kind != Kind.OTHER;
    }

    /** True if a boolean tells whether the lock was taken. */
    public boolean attempts() {
        return kind == Kind.ATTEMPT || kind == Kind.TIMED_ATTEMPT;
    }
}

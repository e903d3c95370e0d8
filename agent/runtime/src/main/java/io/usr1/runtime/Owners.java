package io.usr1.runtime;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who holds a ReentrantLock. The JDK keeps the owner to itself; the agent opens {@code java.util.concurrent.locks} at run
 * time and hands the method over. Without it the owner is unknown, which is said and not guessed.
 */
public final class Owners {

    private static volatile MethodHandle getOwner;

    private Owners() {
    }

    /** @param handle of type {@code (ReentrantLock)Thread}; null takes it back */
    public static void install(MethodHandle handle) {
        getOwner = handle;
    }

    /** Null if unknown or if the lock was just released. */
    static Thread of(ReentrantLock lock) {
        MethodHandle handle = getOwner;
        if (handle == null) {
            return null;
        }
        try {
            return (Thread) handle.invokeExact(lock);
        } catch (Throwable unknown) {
            return null;
        }
    }
}

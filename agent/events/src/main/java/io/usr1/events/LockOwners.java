package io.usr1.events;

import io.usr1.runtime.Owners;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets events name the thread that held a ReentrantLock. The JDK keeps that to subclasses; opening the package to this
 * module at run time needs no command line flag on 17 nor 25, and opens it to no other code.
 */
public final class LockOwners {

    private LockOwners() {
    }

    /** @return empty if owners can be read from now on, else one sentence that says why not; contention is then recorded without owner */
    public static Optional<String> open(Instrumentation instrumentation) {
        try {
            instrumentation.redefineModule(ReentrantLock.class.getModule(), Set.of(), Map.of(),
                    Map.of(ReentrantLock.class.getPackageName(), Set.of(LockOwners.class.getModule())), Set.of(), Map.of());
            Method getOwner = ReentrantLock.class.getDeclaredMethod("getOwner");
            getOwner.setAccessible(true);
            Owners.install(MethodHandles.lookup().unreflect(getOwner));
            return Optional.empty();
        } catch (Throwable fault) {
            return Optional.of("Who holds a ReentrantLock cannot be read in this JVM (" + fault
                    + "); contention is recorded without the previous owner.");
        }
    }
}

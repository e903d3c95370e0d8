package io.usr1.agent;

import io.usr1.runtime.Gate;
import io.usr1.target.BuiltIn;
import io.usr1.target.Target;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of the JDK that somebody asked to have observed: the only ones of the boot loader that are ever looked at, and
 * only by the targets that the agent brings along for them. Any thread.
 */
final class JdkPools {

    /** Only grows: a class that is woven is woven the same way in every retransformation to come. */
    private final Set<String> classes = ConcurrentHashMap.newKeySet();
    private final Instrumentation instrumentation;

    JdkPools(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    void add(Set<String> internalNames) {
        classes.addAll(internalNames);
    }

    /** Whether a class is nobody's target, whatever it is called. */
    boolean leaves(ClassLoader loader, String internalName) {
        return loader == null && !classes.contains(internalName);
    }

    /** A target of the JDK's is no other loader's, and the boot loader's classes are no other target's. */
    static boolean concern(Target target, ClassLoader loader) {
        return is(target) ? loader == null || loader == ClassLoader.getPlatformClassLoader() : loader != null;
    }

    /** Whether its classes may be loaded before any agent is. */
    static boolean is(Target target) {
        return target.optIn() && BuiltIn.is(target);
    }

    /** Before such a class is woven: its module, a named one, must read the one that the runtime is in. */
    void link(Module module, String internalName) {
        Module runtime = Gate.class.getModule();
        if (classes.contains(internalName) && module.isNamed() && !module.canRead(runtime)) {
            instrumentation.redefineModule(module, Set.of(runtime), Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}

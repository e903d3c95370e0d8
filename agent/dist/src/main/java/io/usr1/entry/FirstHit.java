package io.usr1.entry;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;

/**
 * The one transformer. It stays installed for good: any other agent may ask for a retransformation at any time, and then
 * the same weave must be repeated. Until a class of a target's package is seen it is one look-up in a set per class.
 */
final class FirstHit implements ClassFileTransformer {

    private static final String CORE = "io.usr1.agent.Core";

    private final Set<String> packages;
    private final Options options;
    private final List<String> notes;
    private final Instrumentation instrumentation;
    private volatile ClassFileTransformer core;

    /** @param notes what was done at the start, for a log that does not exist yet */
    FirstHit(Set<String> packages, Options options, List<String> notes, Instrumentation instrumentation) {
        this.packages = packages;
        this.options = options;
        this.notes = notes;
        this.instrumentation = instrumentation;
    }

    @Override public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined,
                                      ProtectionDomain domain, byte[] bytes) {
        ClassFileTransformer known = core;
        if (name == null || known == null && !packages.contains(TargetScan.packageOf(name))) {
            return null;
        }
        try {
            return (known == null ? core() : known).transform(module, loader, name, redefined, domain, bytes);
        } catch (Throwable fault) {
            // The class stays as it is. If it was one of a target's, the core's gate is shut or was never made.
            Premain.say("the class " + name.replace('/', '.') + " could not be looked at (" + fault + ")");
            return null;
        }
    }

    /** Starts the agent proper, once. If that fails, nothing is ever woven: half a target would be unsound. */
    private synchronized ClassFileTransformer core() {
        if (core == null) {
            ClassFileTransformer started;
            try {
                Class<?> type = new AgentLoader(BootPath.agentJar()).loadClass(CORE);
                started = (ClassFileTransformer) type.getMethod("start", Options.class, List.class, Instrumentation.class)
                        .invoke(null, options, notes, instrumentation);
            } catch (Throwable fault) {
                Throwable cause = fault instanceof InvocationTargetException ? fault.getCause() : fault;
                Premain.say("the agent could not start (" + cause + ")");
                started = new ClassFileTransformer() {
                };
            }
            core = started;
        }
        return core;
    }
}

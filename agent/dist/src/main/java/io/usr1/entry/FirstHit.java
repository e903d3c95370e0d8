package io.usr1.entry;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.security.ProtectionDomain;
import java.util.List;

/**
 * The one transformer. It stays installed for good: any other agent may ask for a retransformation at any time, and then
 * the same weave must be repeated. Until a class of a target's package is seen it is one look-up in a set per class.
 */
final class FirstHit implements ClassFileTransformer {

    private static final String CORE = "io.usr1.agent.Core";

    private final TargetScan targets;
    private final BuiltIns builtIns;
    private final Options options;
    private final List<String> notes;
    private final boolean late;
    private final Instrumentation instrumentation;
    private volatile Running core;

    /**
     * @param notes what was done at the start, for a log that does not exist yet
     * @param late  the application runs already
     */
    FirstHit(TargetScan targets, BuiltIns builtIns, Options options, List<String> notes, boolean late, Instrumentation instrumentation) {
        this.targets = targets;
        this.builtIns = builtIns;
        this.options = options;
        this.notes = notes;
        this.late = late;
        this.instrumentation = instrumentation;
    }

    @Override public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined,
                                      ProtectionDomain domain, byte[] bytes) {
        Running known = core;
        if (name == null || known == null && !hits(loader, name)) {
            return null;
        }
        try {
            return (known == null ? core() : known).transform(module, loader, name, redefined, domain, bytes);
        } catch (Throwable fault) {
            // The class stays as it is. If it was one of a target's, the core's gate is shut or was never made.
            Premain.say("the class " + name.replace('/', '.') + " could not be looked at (" + fault + ")", Premain.WITHOUT);
            return null;
        }
    }

    /** The boot loader's classes are nobody's target, but for those of the JDK's own pools that somebody asked for. */
    private boolean hits(ClassLoader loader, String name) {
        return loader == null ? builtIns.optedIn().contains(name) : targets.packages().contains(TargetScan.packageOf(name)) || builtIns.waitFor(name);
    }

    /**
     * Starts the agent proper now, for whoever attaches waits for an answer, and observes what is loaded.
     *
     * @throws OptionException if it could not start
     */
    List<String> observeLoaded() throws OptionException {
        Running started = core();
        if (started instanceof NotRunning) {
            throw new OptionException(((NotRunning) started).why());
        }
        return started.observeLoaded();
    }

    /** Whether a mode that is given now can mean something: a target that must be asked for is asked for at the start. */
    boolean follows(String target) {
        return !BuiltIns.OPT_IN.contains(target) || builtIns.names().contains(target);
    }

    List<String> detach() {
        return core == null ? List.of() : core.detach();
    }

    boolean stays() {
        return core != null && core.stays();
    }

    /** The agent proper, started once. If that fails, nothing is ever woven: half a target would be unsound. */
    synchronized Running core() {
        if (core == null) {
            Running started;
            try {
                Class<?> type = new AgentLoader(BootPath.agentJar(), ClassLoader.getPlatformClassLoader()).loadClass(CORE);
                started = (Running) type.getMethod("start", Options.class, List.class, List.class, boolean.class, Instrumentation.class)
                        .invoke(null, options, targets.files(), notes, late, instrumentation);
            } catch (Throwable fault) {
                Throwable cause = fault instanceof InvocationTargetException ? fault.getCause() : fault;
                String why = cause instanceof OptionException ? cause.getMessage() : "the agent could not start (" + cause + ")";
                Premain.say(why, Premain.WITHOUT);
                started = new NotRunning(why);
            }
            core = started;
        }
        return core;
    }
}

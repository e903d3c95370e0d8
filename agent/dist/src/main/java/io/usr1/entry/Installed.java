package io.usr1.entry;

import io.usr1.runtime.Counters;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The agent of this JVM: one, however often it is given or attached. In the boot loader, so there is one copy of this
 * class. Links against the runtime, which must be on the boot path before. All methods hold the class's monitor.
 */
final class Installed {

    /** A system property that says to {@code doctor} and {@code attach} that the agent is there. */
    static final String MARKER = "io.usr1.agent";

    private static final String UNUSED = "the target is not used";

    private static Installed current;

    private final FirstHit transformer;
    private final Instrumentation instrumentation;
    /** Properties that attaching has set, and what they were before; null for not there. */
    private final Map<String, String> before = new HashMap<>();
    private boolean detached;

    private Installed(FirstHit transformer, Instrumentation instrumentation) {
        this.transformer = transformer;
        this.instrumentation = instrumentation;
    }

    /** By {@code -javaagent}. */
    static synchronized void start(Options options, Instrumentation instrumentation) throws OptionException {
        if (current != null) {
            throw new OptionException("this JVM was given the agent twice, and the first is there");
        }
        if (!options.allOff()) {
            TargetScan targets = TargetScan.of(options.targetFiles());
            for (String problem : targets.problems()) {
                Premain.say(problem, UNUSED);
            }
            BuiltIns builtIns = BuiltIns.of(options);
            if (!targets.packages().isEmpty() || !builtIns.isEmpty()) {
                install(options, targets, builtIns, false, instrumentation);
            }
        }
    }

    /**
     * In a JVM that runs. What the arguments say becomes system properties, so that it holds as if it had been said at start.
     *
     * @return what was done, a sentence each
     */
    static synchronized List<String> attach(String arguments, Instrumentation instrumentation) throws OptionException {
        Map<String, String> given = Options.arguments(arguments);
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        given.forEach((key, value) -> properties.setProperty(Options.PREFIX + key, value));
        Options options = Options.read(null, properties);
        if (current != null && !current.detached) {
            return current.switched(given);
        }
        if (options.allOff()) {
            throw new OptionException("usr1.mode is 'off', so there is nothing to attach for; expected observe, audit or bypass");
        }
        TargetScan targets = TargetScan.of(options.targetFiles());
        BuiltIns builtIns = BuiltIns.of(options);
        if (targets.packages().isEmpty() && builtIns.isEmpty()) {
            throw new OptionException("no target was given that can be used; expected targets=FILE" + (targets.problems().isEmpty() ? "" : " (" + targets.problems().get(0) + ")"));
        }
        List<String> done = new ArrayList<>();
        targets.problems().forEach(problem -> done.add(problem + "; " + UNUSED));
        if (current == null) {
            install(options, targets, builtIns, true, instrumentation);
            current.set(given.keySet(), given);
            done.add("the agent is attached");
        } else {
            current.detached = false;
            current.set(given.keySet(), given);
            System.setProperty(MARKER, "attached");
            current.transformer.core().resume(options, targets.files());
            done.add("the agent is attached again; classes that it wove before it was detached go on as they were proved then");
        }
        try {
            done.addAll(current.transformer.observeLoaded());
        } catch (OptionException notRunning) {
            current.leave();
            throw notRunning;
        }
        return done;
    }

    static synchronized List<String> detach() throws OptionException {
        if (current == null || current.detached) {
            throw new OptionException("the agent is not there, so it cannot be detached");
        }
        Installed leaving = current;
        List<String> done = new ArrayList<>(leaving.transformer.detach());
        leaving.leave();
        done.add("the agent is detached");
        return done;
    }

    private void leave() {
        System.clearProperty(MARKER);
        putBack();
        if (transformer.stays()) {
            detached = true;
        } else {
            instrumentation.removeTransformer(transformer);
            current = null;
        }
    }

    private static void install(Options options, TargetScan targets, BuiltIns builtIns, boolean late, Instrumentation instrumentation) throws OptionException {
        Counters.exact(options.counters().equals("exact"));
        Counters.off(options.counters().equals("off"));
        // A framework that runs has read these properties.
        List<String> notes = late ? List.of() : BootDelegation.append(System.getProperties());
        FirstHit transformer = new FirstHit(targets, builtIns, options, notes, late, instrumentation);
        current = new Installed(transformer, instrumentation);
        System.setProperty(MARKER, late ? "attached" : "started with the JVM");
        instrumentation.addTransformer(transformer, true);
        // Nothing of the application is loaded yet, but another agent may have used the JDK's own pools.
        if (!late && builtIns.anyOptedInLoaded(instrumentation)) {
            transformer.core().observeLoaded();
        }
    }

    /** Only modes are read again in a JVM that has the agent. */
    private List<String> switched(Map<String, String> given) {
        List<String> done = new ArrayList<>();
        for (String key : new TreeSet<>(given.keySet())) {
            Option option = Option.of(key);
            if (option == Option.MODE || option == Option.TARGET_MODE && transformer.follows(option.nameIn(key))) {
                set(Set.of(key), given);
                done.add("the agent was there; " + Options.PREFIX + key + " is now '" + given.get(key) + "'");
            } else {
                done.add("the agent was there; " + Options.PREFIX + key + " is read when it starts, so it stays as it was");
            }
        }
        return done.isEmpty() ? List.of("the agent was there") : done;
    }

    private void set(Set<String> keys, Map<String, String> given) {
        for (String key : keys) {
            String was = System.setProperty(Options.PREFIX + key, given.get(key));
            if (!before.containsKey(key)) {
                before.put(key, was);
            }
        }
    }

    private void putBack() {
        before.forEach((key, was) -> {
            if (was == null) {
                System.clearProperty(Options.PREFIX + key);
            } else {
                System.setProperty(Options.PREFIX + key, was);
            }
        });
        before.clear();
    }
}

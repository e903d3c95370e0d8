package io.usr1.agent;

import io.usr1.agent.control.Control;
import io.usr1.agent.log.LogSettings;
import io.usr1.entry.BuiltIns;
import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.runtime.Breaker;
import io.usr1.entry.Running;
import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent proper. Started once, by the first hit on whatever thread loaded that class, or by the thread that attaches. */
public final class Core implements Running {

    private final Logger log;
    private final Instrumentation instrumentation;
    private final ModeWatch modes;
    private final EventsSwitch events;
    private final WeavingTransformer transformer;
    private final Control control;
    /** What is wrong with target files, until somebody who attaches has been told. */
    private final List<String> problems = new ArrayList<>();
    private AgentThread thread;
    private CountersFile counters;

    private Core(Options options, List<Target> targets, boolean late, Instrumentation instrumentation, Logger log) throws OptionException {
        this.log = log;
        this.instrumentation = instrumentation;
        BuiltInTargets builtIns = builtIns(options, targets, log);
        this.modes = new ModeWatch(options, names(targets, builtIns), log);
        this.events = new EventsSwitch(instrumentation, log);
        this.transformer = new WeavingTransformer(late, instrumentation, modes, new Decisions(log, events));
        modes.tell(transformer);
        this.control = Control.of(new AgentBean(modes, transformer, new Diagnostics(transformer, events)), modes, transformer::all, log::error);
        run(options, targets, builtIns);
    }

    /**
     * Reads the targets and starts the agent's thread.
     *
     * @param files what may be targets
     * @param notes for the log, from before there was one
     * @param late  the application runs already
     */
    public static Running start(Options options, List<File> files, List<String> notes, boolean late, Instrumentation instrumentation) throws OptionException {
        LogSettings.set(options.logLevel(), options.logFile());
        Logger log = LoggerFactory.getLogger("usr1-agent");
        notes.forEach(log::info);
        List<String> problems = new ArrayList<>();
        List<Target> targets = targets(files, problems);
        if (late && targets.isEmpty() && !problems.isEmpty()) {
            throw new OptionException(String.join("; ", problems));
        }
        problems.forEach(log::error);
        Core core = new Core(options, targets, late, instrumentation, log);
        core.problems.addAll(problems);
        return core;
    }

    @Override public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        return transformer.transform(module, loader, name, redefined, domain, bytes);
    }

    @Override public List<String> observeLoaded() {
        List<String> done = new ArrayList<>(problems);
        problems.clear();
        done.addAll(new Retransformation(instrumentation, transformer, log).observe());
        return done;
    }

    @Override public List<String> detach() {
        List<String> done = new ArrayList<>();
        try {
            transformer.rest();
            done.addAll(new Retransformation(instrumentation, transformer, log).giveBack());
            int kept = transformer.all().stream().mapToInt(LoaderTarget::kept).sum();
            if (kept > 0) {
                done.add(kept + " classes that were woven as they were loaded keep their fields and methods; their gates are shut and their marks go on");
            }
            if (!thread.stop()) {
                done.add("the agent's thread has not ended yet");
            }
            if (counters != null) {
                counters.cancel();
            }
            transformer.forget();
        } catch (Throwable fault) {
            done.add("detaching was not completed (" + fault + ")");
        }
        return done;
    }

    @Override public boolean stays() {
        return transformer.hasWoven();
    }

    @Override public void resume(Options options, List<File> files) throws OptionException {
        LogSettings.set(options.logLevel(), options.logFile());
        List<Target> targets = targets(files, problems);
        problems.forEach(log::error);
        BuiltInTargets builtIns = builtIns(options, targets, log);
        modes.follow(options, names(targets, builtIns));
        run(options, targets, builtIns);
    }

    private void run(Options options, List<Target> targets, BuiltInTargets builtIns) throws OptionException {
        // What is off at start is not woven at all.
        targets.removeIf(target -> modes.of(target.name()) == Mode.OFF || target.optIn() && !modes.own(target.name()));
        Breaker.off(!options.breaker());
        events.settings(options, targets.stream().map(Target::name).toList());
        builtIns.removeIf(name -> modes.of(name) == Mode.OFF);
        transformer.targets(targets, builtIns);
        thread = new AgentThread(modes, events, transformer, control);
        thread.start();
        String file = options.countersFile();
        counters = file == null ? null
                : CountersFile.writeAtExit(Path.of(file.replace("%p", String.valueOf(ProcessHandle.current().pid()))), transformer, log);
    }

    private static List<String> names(List<Target> targets, BuiltInTargets builtIns) {
        List<String> names = new ArrayList<>(targets.stream().map(Target::name).toList());
        names.addAll(builtIns.names());
        return names;
    }

    /** Those that are on and that no file of the user's stands in for. */
    private static BuiltInTargets builtIns(Options options, List<Target> targets, Logger log) throws OptionException {
        BuiltInTargets builtIns = new BuiltInTargets(BuiltIns.of(options), log);
        for (Target target : targets) {
            if (builtIns.removeIf(target.name()::equals)) {
                log.info("target {}: {} is used, and not the built-in target of that name", target.name(), target.source().file());
            }
        }
        return builtIns;
    }

    /** @param problems a sentence is added for each file that is no target */
    private static List<Target> targets(List<File> files, List<String> problems) {
        List<Target> targets = new ArrayList<>();
        for (File file : files) {
            try {
                targets.add(TargetFile.read(file.getPath()));
            } catch (TargetException e) {
                problems.add(e.getMessage() + "; the target is not used");
            }
        }
        return targets;
    }
}

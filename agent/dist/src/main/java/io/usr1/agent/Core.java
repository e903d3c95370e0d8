package io.usr1.agent;

import io.usr1.agent.control.Control;
import io.usr1.agent.log.LogSettings;
import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.runtime.Breaker;
import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the agent proper; called once, by the first hit, on whatever thread loaded that class. */
public final class Core {

    private Core() {
    }

    /**
     * Reads the targets and starts the agent's thread.
     *
     * @param notes for the log, from before there was one
     * @return what every class from now on goes through
     */
    public static ClassFileTransformer start(Options options, List<String> notes, Instrumentation instrumentation) throws OptionException {
        LogSettings.set(options.logLevel(), options.logFile());
        Logger log = LoggerFactory.getLogger("usr1-agent");
        notes.forEach(log::info);
        Breaker.off(!options.breaker());
        List<Target> targets = targets(options, log);
        ModeWatch modes = new ModeWatch(options, targets.stream().map(Target::name).toList(), log);
        // What is off at start is not woven at all.
        targets.removeIf(target -> modes.of(target.name()) == Mode.OFF);
        EventsSwitch events = new EventsSwitch(options, instrumentation, targets, log);
        WeavingTransformer transformer = new WeavingTransformer(targets, instrumentation, modes, new Decisions(log, events));
        modes.tell(transformer);
        Control control = Control.of(new AgentBean(modes, transformer), modes, transformer::all, log::error);
        AgentThread.start(modes, events, transformer, control);
        if (options.countersFile() != null) {
            String file = options.countersFile().replace("%p", String.valueOf(ProcessHandle.current().pid()));
            CountersFile.writeAtExit(Path.of(file), transformer, log);
        }
        return transformer;
    }

    private static List<Target> targets(Options options, Logger log) {
        List<Target> targets = new ArrayList<>();
        for (String file : options.targets()) {
            try {
                targets.add(TargetFile.read(file));
            } catch (TargetException e) {
                log.error("{}; the target is not used", e.getMessage());
            }
        }
        return targets;
    }
}

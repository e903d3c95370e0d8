package io.usr1.cli;

import io.usr1.entry.BuiltIns;
import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.target.BuiltIn;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import io.usr1.target.TargetFile;
import io.usr1.weaver.Plan;
import io.usr1.weaver.Prover;
import io.usr1.weaver.Refused;
import io.usr1.weaver.Verdict;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** What doctor finds of any JVM. Reads files; starts and changes nothing. */
final class Diagnosis {

    private final List<Finding> findings = new ArrayList<>();
    private Set<String> builtIns = BuiltIns.allNames();

    List<Finding> findings() {
        return findings;
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Names of the built-in targets that are on. */
    Set<String> builtIns() {
        return builtIns;
    }

    /** What its command line says. */
    void arguments(JvmArguments arguments) {
        List<String> agents = arguments.otherAgents();
        add(Finding.well("other agents", agents.isEmpty() ? "none on the command line" : String.join(" ", agents)));
        if (arguments.has("-XX:-EnableDynamicAgentLoading")) {
            add(new Finding("attach", "forbidden by -XX:-EnableDynamicAgentLoading", "start it with -javaagent:usr1-agent.jar"));
        } else if (arguments.has("-XX:+DisableAttachMechanism")) {
            add(new Finding("attach", "forbidden by -XX:+DisableAttachMechanism", "start it with -javaagent:usr1-agent.jar"));
        } else {
            add(Finding.well("attach", "allowed; classes that are loaded then are only observed"));
        }
        if (arguments.has("-XX:-FlightRecorder")) {
            add(new Finding("flight recorder", "switched off by -XX:-FlightRecorder", "remove that to see events; bypassing works without them"));
        }
        List<String> recordings = arguments.behind("-XX:StartFlightRecording");
        if (!recordings.isEmpty()) {
            add(Finding.well("recording at start", "-XX:StartFlightRecording" + recordings.get(0)));
        }
        List<String> limited = arguments.behind("--limit-modules");
        if (!limited.isEmpty() && !limited.get(0).contains("jdk.jfr") && !limited.get(0).contains("ALL-")) {
            add(new Finding("flight recorder", "--limit-modules leaves jdk.jfr out", "add jdk.jfr to see events; bypassing works without them"));
        }
    }

    /**
     * The options for our agent.
     *
     * @param agent {@code -javaagent:...=arguments}, or null
     * @return files that it names
     */
    List<String> options(String agent, Properties properties) {
        String arguments = agent == null || agent.indexOf('=') < 0 ? null : agent.substring(agent.indexOf('=') + 1);
        try {
            Options options = Options.read(arguments, properties);
            builtIns = BuiltIns.of(options).names();
            return options.targetFiles().stream().map(File::getPath).toList();
        } catch (OptionException wrong) {
            add(new Finding("options", wrong.getMessage(), "correct it; the agent does not start with it"));
            return List.of();
        }
    }

    /** What would be woven, or why not. */
    void targets(List<String> files, String classPath) throws IOException {
        Set<String> own = new HashSet<>();
        try (ClassPath classes = ClassPath.of(classPath)) {
            classes.notes().forEach(note -> add(Finding.well("class path", note)));
            for (String file : files) {
                try {
                    Target target = TargetFile.read(file);
                    own.add(target.name());
                    target(target, classes);
                } catch (TargetException wrong) {
                    add(new Finding("target " + file, wrong.getMessage(), "correct the file"));
                }
            }
            for (String name : builtIns) {
                if (!own.contains(name)) {
                    builtIn(name, classes);
                }
            }
        }
    }

    /** Nothing is said of a library that is not there. A version that is left as it is needs nothing done. */
    private void builtIn(String name, ClassPath classes) {
        try {
            Target target = BuiltIn.read(name);
            if (target.wovenClasses().stream().anyMatch(type -> classes.bytes(type) != null)) {
                Verdict verdict = Prover.prove(target, classes::bytes);
                add(Finding.well("built-in target " + name, verdict instanceof Plan plan ? "all " + plan.sites().size() + " sites can be woven"
                        : "this version of the library is left as it is: " + ((Refused) verdict).refusals().get(0)));
            }
        } catch (TargetException impossible) {
            throw new IllegalStateException(impossible); // A test reads them all.
        }
    }

    private void target(Target target, ClassPath classes) {
        Verdict verdict = Prover.prove(target, classes::bytes);
        if (verdict instanceof Plan plan) {
            add(Finding.well("target " + target.name(), "all " + plan.sites().size() + " sites can be woven"));
        } else {
            ((Refused) verdict).refusals().forEach(refusal -> add(new Finding("target " + target.name(),
                    refusal.where() + (refusal.line() > 0 ? ", line " + refusal.line() : "") + ": found " + refusal.found() + ", expected " + refusal.expected(), refusal.todo())));
        }
    }
}

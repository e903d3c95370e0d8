package io.usr1.cli;

import io.usr1.cli.jvm.AgentBeans;
import io.usr1.cli.jvm.OtherJvm;
import io.usr1.cli.jvm.UnreachableException;
import io.usr1.target.Printable;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a JVM, one that runs or one that a command would start, and says what the agent could do there. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Looks at a JVM that runs, or at a command line without running it: Java, other agents, Flight Recorder, whether attaching is "
                + "possible, the agent's state if it is there, and what of the targets would be woven or refused. Changes nothing; where the agent "
                + "is there, its MBeans are asked through the JDK's own local connector.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:all is well", "1:something is to be done, or the JVM cannot be reached", "2:bad usage"})
final class DoctorCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PID | -- java ...", description = "The process id of a JVM, or the command line of one.")
    private List<String> jvm;

    @Option(names = "--target", paramLabel = "TARGET.yaml", description = "A target file; may be given several times. Else those that the JVM's options name.")
    private List<String> targets = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override public Integer call() throws IOException {
        Diagnosis diagnosis = new Diagnosis();
        try {
            if (jvm.size() == 1 && jvm.get(0).chars().allMatch(Character::isDigit)) {
                running(pid(jvm.get(0)), diagnosis);
            } else {
                command(diagnosis);
            }
        } catch (UnreachableException no) {
            spec.commandLine().getErr().println("usr1-agent: " + Printable.of(no.getMessage()));
            return 1;
        }
        print(diagnosis.findings());
        return diagnosis.findings().stream().anyMatch(Finding::bad) ? 1 : 0;
    }

    private static long pid(String digits) throws UnreachableException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            throw OtherJvm.none(digits);
        }
    }

    private void running(long pid, Diagnosis diagnosis) throws IOException, UnreachableException {
        try (OtherJvm other = OtherJvm.of(pid)) {
            Properties properties = other.properties();
            JvmArguments arguments = JvmArguments.ofRunning(other.arguments());
            diagnosis.add(Finding.well("java", properties.getProperty("java.version") + ", " + properties.getProperty("java.vm.name")));
            diagnosis.add(Finding.well("runs", properties.getProperty("sun.java.command", "unknown")));
            diagnosis.arguments(arguments);
            diagnosis.add(Finding.well("flight recorder", recordings(pid)));
            agent(other, diagnosis);
            Path folder = Path.of(properties.getProperty("user.dir"));
            List<String> named = diagnosis.options(arguments.ourAgent(), properties).stream().map(file -> folder.resolve(file).toString()).toList();
            diagnosis.targets(targets.isEmpty() ? named : targets, resolved(properties.getProperty("java.class.path", ""), folder));
        }
    }

    private static void agent(OtherJvm other, Diagnosis diagnosis) throws UnreachableException {
        String how = other.agent();
        if (how == null) {
            diagnosis.add(Finding.well("usr1-agent", "not there"));
            return;
        }
        diagnosis.add(Finding.well("usr1-agent", how));
        try (AgentBeans beans = other.beans()) {
            if (beans.areThere()) {
                beans.state().forEach(line -> diagnosis.add(Finding.well("usr1-agent", line)));
            } else {
                diagnosis.add(Finding.well("usr1-agent", "waits: no class of a target's packages has been loaded"));
            }
        }
    }

    private void command(Diagnosis diagnosis) throws IOException {
        File executable = new File(jvm.get(0));
        boolean java = executable.getName().equals("java") || executable.getName().equals("java.exe");
        JvmArguments arguments = JvmArguments.ofCommand(java ? jvm.subList(1, jvm.size()) : jvm);
        diagnosis.add(Finding.well("runs", arguments.main() == null ? "nothing that could be seen" : arguments.main()));
        diagnosis.arguments(arguments);
        Properties properties = new Properties();
        for (String definition : arguments.behind("-D")) {
            int equals = definition.indexOf('=');
            properties.setProperty(equals < 0 ? definition : definition.substring(0, equals), equals < 0 ? "" : definition.substring(equals + 1));
        }
        String ours = arguments.ourAgent();
        diagnosis.add(ours != null ? Finding.well("usr1-agent", ours) : new Finding("usr1-agent", "not on the command line", "add -javaagent:usr1-agent.jar"));
        List<String> named = diagnosis.options(ours, properties);
        if (targets.isEmpty() && named.isEmpty() && ours != null && diagnosis.builtIns().isEmpty()) {
            diagnosis.add(new Finding("targets", "none", "add -Dusr1.targets=TARGET.yaml, or leave usr1.builtins on"));
        }
        diagnosis.targets(targets.isEmpty() ? named : targets, arguments.classPath());
    }

    /** The JVM's own relative paths are of its own working directory. */
    private static String resolved(String classPath, Path folder) {
        return List.of(classPath.split(File.pathSeparator)).stream().map(entry -> folder.resolve(entry).toString()).collect(Collectors.joining(File.pathSeparator));
    }

    /** As jcmd says it, which starts nothing in that JVM. */
    private static String recordings(long pid) throws IOException {
        File jcmd = new File(System.getProperty("java.home"), "bin/jcmd");
        if (!jcmd.canExecute()) {
            return "unknown: this Java has no jcmd to ask with";
        }
        Process process = new ProcessBuilder(jcmd.getPath(), String.valueOf(pid), "JFR.check").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> recordings = said.lines().filter(line -> line.startsWith("Recording ")).toList();
        return recordings.isEmpty() ? said.contains("No available recordings") ? "no recording runs" : "not available" : String.join("; ", recordings);
    }

    private void print(List<Finding> findings) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, fields -> {
                fields.writeArrayFieldStart("findings");
                for (Finding finding : findings) {
                    fields.writeStartObject();
                    fields.writeStringField("what", finding.what());
                    fields.writeStringField("found", finding.found());
                    fields.writeStringField("todo", finding.todo());
                    fields.writeEndObject();
                }
                fields.writeEndArray();
            });
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            rows.add(List.of(finding.what(), finding.found()));
            if (finding.bad()) {
                rows.add(List.of("", "to do: " + finding.todo()));
            }
        }
        new Rows(out).print(rows);
    }
}

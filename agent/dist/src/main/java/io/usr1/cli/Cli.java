package io.usr1.cli;

import io.usr1.agent.Version;
import io.usr1.cli.report.ReportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The frame that every command joins. Exit codes: 0 done, 1 the command's own "no", 2 bad usage or input. */
@Command(name = "usr1-agent", mixinStandardHelpOptions = true, versionProvider = Cli.FromBuild.class,
        subcommands = {CheckCommand.class, DoctorCommand.class, TargetsCommand.class, OptionsCommand.class, AttachCommand.class, DetachCommand.class,
                DiagCommand.class, JfcCommand.class, ReportCommand.class},
        description = "Lets the wake-ups of a Java connection pool go without the pool's lock while that is provably safe.",
        footer = {"", "As an agent:", "  java -javaagent:usr1-agent.jar -Dusr1.targets=TARGET.yaml ..."})
public final class Cli implements Runnable {

    @Spec private CommandSpec spec;

    /** Ends the JVM with the command's exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Cli()).setExecutionExceptionHandler((fault, command, parsed) -> {
            command.getErr().println("usr1-agent: " + command.getCommandName() + " failed with " + fault + "; please report this");
            return 2;
        });
    }

    @Override public void run() {
        throw new ParameterException(spec.commandLine(), "No command was given; expected one of "
                + String.join(", ", spec.subcommands().keySet()));
    }

    static final class FromBuild implements IVersionProvider {
        @Override public String[] getVersion() {
            return new String[] {"usr1-agent " + Version.NUMBER};
        }
    }
}

package io.usr1.cli;

import io.usr1.cli.jvm.OtherJvm;
import io.usr1.cli.jvm.UnreachableException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the agent into a JVM that runs, or sets its modes. */
@Command(name = "attach", mixinStandardHelpOptions = true,
        description = "Brings the agent into a JVM that runs. A target none of whose classes is loaded yet is woven in full; one with "
                + "loaded classes is observed only. Where the agent is there already, modes are set. JDK 25 prints a warning of its own.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:it is attached", "1:the JVM cannot be reached, forbids it, or refuses an option", "2:bad usage"})
final class AttachCommand extends Reach {

    @Spec private CommandSpec spec;

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Options as 'usr1-agent options' lists them, without 'usr1.'.")
    private List<String> options = List.of();

    @Option(names = "--target", paramLabel = "TARGET.yaml", description = "A target file, or a folder of them; may be given several times.")
    private List<String> targets = List.of();

    @Override List<String> ask(OtherJvm jvm) throws UnreachableException {
        List<String> arguments = new ArrayList<>();
        if (!targets.isEmpty()) {
            arguments.add("targets=" + absolute(targets));
        }
        for (String option : options) {
            arguments.add(option.startsWith("targets=") ? "targets=" + absolute(List.of(option.substring(option.indexOf('=') + 1).split(File.pathSeparator))) : option);
        }
        arguments.stream().filter(argument -> argument.contains(",")).findFirst().ifPresent(argument -> {
            throw new ParameterException(spec.commandLine(), "'" + argument + "' has a comma, which ends an agent's argument; use a path without one");
        });
        return jvm.tell("attach:" + String.join(",", arguments));
    }

    /** The JVM has another working directory. */
    private static String absolute(List<String> files) {
        return files.stream().map(file -> new File(file).getAbsoluteFile().toPath().normalize().toString()).collect(Collectors.joining(File.pathSeparator));
    }
}

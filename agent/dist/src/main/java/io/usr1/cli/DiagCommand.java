package io.usr1.cli;

import io.usr1.cli.jvm.AgentBeans;
import io.usr1.cli.jvm.OtherJvm;
import io.usr1.cli.jvm.UnreachableException;
import java.io.File;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One zip for whoever is asked for help. */
@Command(name = "diag", mixinStandardHelpOptions = true,
        description = "Has the agent of a JVM write one zip: settings, decisions, counters, classes before and after, and what Flight Recorder holds.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the zip is there", "1:the JVM cannot be reached, or the agent is not there", "2:bad usage"})
final class DiagCommand extends Reach {

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The zip, usr1-diag-PID.zip by default; overwritten.")
    private String file;

    @Override List<String> ask(OtherJvm jvm) throws UnreachableException {
        if (jvm.agent() == null) {
            throw new UnreachableException("the agent is not in process " + jvm.pid() + ", so there is nothing to write");
        }
        String zip = new File(file == null ? "usr1-diag-" + jvm.pid() + ".zip" : file).getAbsolutePath();
        try (AgentBeans beans = jvm.beans()) {
            if (!beans.areThere()) {
                throw new UnreachableException("the agent in process " + jvm.pid() + " waits: no class of a target's packages has been loaded, so there is nothing to write");
            }
            beans.dumpDiagnostics(zip);
        }
        return List.of("written to " + zip);
    }
}

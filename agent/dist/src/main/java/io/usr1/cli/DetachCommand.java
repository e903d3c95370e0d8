package io.usr1.cli;

import io.usr1.cli.jvm.OtherJvm;
import io.usr1.cli.jvm.UnreachableException;
import java.util.List;
import picocli.CommandLine.Command;

/** Takes the agent out of a JVM that runs. */
@Command(name = "detach", mixinStandardHelpOptions = true,
        description = "Takes the agent out of a JVM that runs: events, MBeans and threads go, and classes that were woven after they "
                + "were loaded have their own bytes again. Classes that were woven as they were loaded keep what they got, behind "
                + "a gate that is shut; their marks go on, so that a later attach can open it.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:it is detached", "1:the JVM cannot be reached, or the agent is not there", "2:bad usage"})
final class DetachCommand extends Reach {

    @Override List<String> ask(OtherJvm jvm) throws UnreachableException {
        if (jvm.agent() == null) {
            throw new UnreachableException("the agent is not in process " + jvm.pid() + ", so it cannot be detached");
        }
        return jvm.tell("detach:");
    }
}

package io.usr1.entry;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/** {@code java -jar usr1-agent.jar}: hands over to the command line, which lives in the agent's own loader. */
public final class Launcher {

    private static final String CLI = "io.usr1.cli.Cli";

    private Launcher() {
    }

    /** The jar that {@code java -jar} was given. */
    public static File jar() throws IOException {
        return BootPath.agentJar();
    }

    /** Exits with the command's code. */
    public static void main(String[] arguments) throws Throwable {
        try {
            AgentLoader loader = new AgentLoader(BootPath.agentJar(), Launcher.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass(CLI).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package io.usr1.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** A command that was run in this JVM, and all that it said. */
record Ran(int code, String out, String err) {

    /** The target of {@code org.example.pool}. */
    static final String TARGET = resource("/pool.yaml").toString();
    /** The classes of these tests. */
    static final String CLASSES = resource("/pool.yaml").getParent().toString();

    static Ran cli(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Cli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        return new Ran(command.execute(arguments), out.toString(), err.toString());
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    private static Path resource(String name) {
        try {
            return Path.of(Ran.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.usr1.cli;

import io.usr1.events.Events;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A JVM reads event settings only from a file, so they are taken out of the jar. */
@Command(name = "jfc", mixinStandardHelpOptions = true,
        description = "Writes the settings files of the agent's events: usr1.jfc and usr1-detailed.jfc.",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:written", "2:bad usage, or a file cannot be written or is there with other contents"})
final class JfcCommand implements Callable<Integer> {

    private static final List<String> FILES = List.of("usr1.jfc", "usr1-detailed.jfc");

    @Spec private CommandSpec spec;

    @Option(names = "--force", description = "Write over files that are there.")
    private boolean force;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Where to (default: the current folder).")
    private Path folder = Path.of("");

    @Override public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (!folder.toString().isEmpty() && !Files.isDirectory(folder)) {
            err.println(folder + ": there is no such folder; make it, or name another one");
            return 2;
        }
        for (String name : FILES) {
            Path file = folder.resolve(name);
            byte[] contents = read(name);
            if (!force && Files.exists(file) && !Arrays.equals(contents, Files.readAllBytes(file))) {
                err.println(file + ": there is such a file with other contents; move it away, or say --force to write over it");
                return 2;
            }
            Files.write(file, contents);
        }
        if (json) {
            Json.print(spec.commandLine().getOut(), fields -> Json.strings(fields, "written", FILES.stream().map(name -> folder.resolve(name).toString()).toList()));
            return 0;
        }
        spec.commandLine().getOut().printf("Wrote %s and %s. Record with%n"
                + "  -XX:StartFlightRecording:settings=default,settings=%s,filename=pool.jfr%n"
                + "where the path is relative to the folder in which that JVM starts.%n",
                folder.resolve(FILES.get(0)), folder.resolve(FILES.get(1)), folder.resolve(FILES.get(0)));
        return 0;
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = Events.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}

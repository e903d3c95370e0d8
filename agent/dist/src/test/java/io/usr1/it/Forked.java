package io.usr1.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that has ended, and all that it said. */
record Forked(int code, List<String> out, List<String> err) {

    private static final long MINUTES = 5;

    /** Little heap: nothing that a bad file makes the agent do may need more than an application has to spare. */
    static Forked run(Jdk jdk, Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(Arrays.asList(arguments));
        return run(new ProcessBuilder(command), folder);
    }

    static Forked run(ProcessBuilder command, Path folder) throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process = command.redirectOutput(out).redirectError(err).start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("still running: " + command.command());
            }
        } finally {
            process.destroyForcibly();
        }
        return new Forked(process.exitValue(), Files.readAllLines(out.toPath(), StandardCharsets.UTF_8), Files.readAllLines(err.toPath(), StandardCharsets.UTF_8));
    }
}

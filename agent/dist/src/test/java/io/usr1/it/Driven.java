package io.usr1.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A JVM that runs {@code org.example.pool.Driver}, and the command line beside it. */
final class Driven implements AutoCloseable {

    private static final int LOOKS = 2400;
    private static final int PAUSE_MILLIS = 50;

    private final Jdk jdk;
    private final Path folder;
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    Driven(Jdk jdk, Path folder, String... options) throws IOException {
        this.jdk = jdk;
        this.folder = folder;
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xverify:all"));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", System.getProperty("test.classes"), "org.example.pool.Driver"));
        this.process = new ProcessBuilder(command).redirectError(folder.resolve("driven.err").toFile()).start();
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.equals("ready")) {
            line = out.readLine(); // JDK 17 has a word to say of a recording.
        }
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    /** Sends a line; returns the answer. */
    String say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        return out.readLine();
    }

    /** Asks again and again what the agent sees, for things that the agent's thread does when it comes round. */
    String seen(Predicate<String> wanted) throws IOException, InterruptedException {
        String seen = say("seen");
        for (int i = 0; i < LOOKS && !wanted.test(seen); i++) {
            Thread.sleep(PAUSE_MILLIS);
            seen = say("seen");
        }
        return seen;
    }

    /** The command line, in a JVM of the same JDK. */
    Forked command(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-jar", AgentJarIT.JAR));
        command.addAll(Arrays.asList(arguments));
        return Forked.run(jdk, folder, command.toArray(String[]::new));
    }

    /** All of standard error so far, without what the JVM itself says of agents that come late. */
    List<String> errors() throws IOException {
        return Files.readAllLines(folder.resolve("driven.err")).stream()
                .filter(line -> !line.startsWith("WARNING: ") && !line.contains("Sharing is only supported for boot loader classes")).toList();
    }

    @Override public void close() throws IOException {
        in.close();
        process.destroyForcibly().onExit().join();
    }
}

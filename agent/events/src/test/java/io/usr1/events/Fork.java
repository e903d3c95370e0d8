package io.usr1.events;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A JVM of a given JDK that runs a main class of these tests and prints {@code key=value} lines; a key's values are joined by line feeds. */
final class Fork {

    private static final long MINUTES = 5;

    private final List<String> command = new ArrayList<>();

    Fork(Jdk jdk) {
        command.add(jdk.java());
        command.add("-Xshare:auto");
    }

    Fork options(String... options) {
        command.addAll(List.of(options));
        return this;
    }

    /** Gives {@link Fixture} its Instrumentation. */
    Fork withAgent(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Fixture.class.getName());
        Path jar = folder.resolve("fixture-agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return options("-javaagent:" + jar);
    }

    /** Fails the test if the JVM does not end well. */
    Map<String, String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("fork", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    throw new AssertionError("still running: " + command + "\n" + Files.readString(output));
                }
            } finally {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new AssertionError("exit " + process.exitValue() + ": " + command + "\n" + text);
            }
            return lines(text);
        } finally {
            Files.delete(output);
        }
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> values = new TreeMap<>();
        for (String line : text.split("\\R")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.merge(line.substring(0, equals), line.substring(equals + 1), (first, next) -> first + "\n" + next);
            }
        }
        values.put("output", text);
        return values;
    }
}

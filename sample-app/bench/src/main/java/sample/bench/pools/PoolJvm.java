package sample.bench.pools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one use of a library's pool in a JVM of its own, to its end. */
final class PoolJvm {

    private static final int MINUTES = 10;

    private final String java;
    private final Path agent;
    private final ChildClasses classes;
    private final Path logs;

    /** @param java the launcher; {@code logs} takes what the children print */
    PoolJvm(String java, Path agent, ChildClasses classes, Path logs) {
        this.java = java;
        this.agent = agent;
        this.classes = classes;
        this.logs = logs;
    }

    /**
     * What a child printed.
     *
     * @param values by name
     * @param text   all of it, standard error too
     */
    record Ended(Map<String, Long> values, String text) {

        /** One value. Throws IllegalStateException if the child did not print it. */
        long of(String name) {
            Long value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("the child did not say " + name + ": " + text);
            }
            return value;
        }
    }

    /** So many questions, at least, in audit, then in bypass, with the counting agent beside ours. */
    Ended count(Library library, int audited, int bypassed, String... options) throws IOException, InterruptedException {
        return count(library, classes.classPath(library), audited, bypassed, options);
    }

    /** The same on another class path. */
    Ended count(Library library, String classPath, int audited, int bypassed, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-javaagent:" + agent, "-javaagent:" + classes.tally() + "=" + library.tally(), "-Dusr1.mode=audit", "-Dusr1.counters=exact"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-cp", classPath, "pools.PoolRun", "count", library.work(), String.valueOf(library.threads()),
                String.valueOf(library.rounds(audited)), String.valueOf(library.rounds(bypassed))));
        return run(library.name() + "-count", arguments);
    }

    /** Rounds a second, with our agent or without any. */
    long time(Library library, boolean bypass, int millis) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(bypass ? List.of("-javaagent:" + agent) : List.of());
        arguments.addAll(List.of("-cp", classes.classPath(library), "pools.PoolRun", "time", library.work(), String.valueOf(library.threads()), String.valueOf(millis)));
        return run(library.name() + (bypass ? "-bypass" : "-plain"), arguments).of("rounds-per-second");
    }

    private Ended run(String name, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java, "-Xmx512m"));
        command.addAll(arguments);
        Path log = Files.createTempFile(logs, name, ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(name + " did not end within " + MINUTES + " min: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(log)) {
            if (line.matches("[a-z-]+ -?\\d+")) {
                values.put(line.substring(0, line.indexOf(' ')), Long.parseLong(line.substring(line.indexOf(' ') + 1)));
            }
        }
        Ended ended = new Ended(values, Files.readString(log));
        if (process.exitValue() != 0 || !values.containsKey("end")) {
            throw new IOException(name + " ended with exit code " + process.exitValue() + ": " + ended.text());
        }
        return ended;
    }
}

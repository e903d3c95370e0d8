package sample.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import sample.proxy.QuietProvider;

/**
 * One run of jcstress over all stress tests, on one JDK; the JVMs that it forks have the agent.
 *
 * @param exitCode jcstress's own verdict: 1 if something forbidden was seen, 0 even if a test was skipped
 * @param results  one per fork, of which there are one or more per test, as jcstress has written them
 * @param forks    what the agent has counted in each of these
 */
record StressRun(int exitCode, Collection<TestResult> results, List<ForkCounters> forks) {
    private static final long MINUTES = 5;

    /** Runs to the end; no process is left when this returns. */
    static StressRun on(Jdk jdk, Path agent, Path target, Path directory) throws Exception {
        empty(directory);
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command(jdk, agent, target, directory))
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "jcstress on " + jdk + " did not end; see " + output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new StressRun(process.exitValue(), results(directory), ForkCounters.in(directory));
    }

    private static List<String> command(Jdk jdk, Path agent, Path target, Path directory) {
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-cp", System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main", "-v", "-t", "sample.proxy", "-r", "report",
                // One fork a test; all actors compiled alike; no pinning, which fails where fewer cores are granted than there are.
                "-f", "1", "-fsm", "1", "-iters", "3", "-time", "500", "-sc", "false", "-af", "NONE", "-pth", "false"));
        for (String option : List.of("-javaagent:" + agent, "-Dusr1.targets=" + target, "-Dusr1.counters=exact",
                // The weaker variants lose a flag on purpose; the breaker would save them.
                "-Dusr1.breaker=off",
                "-Dusr1.counters.file=" + directory.resolve(ForkCounters.FILE),
                "-Djava.nio.channels.spi.SelectorProvider=" + QuietProvider.class.getName())) {
            command.addAll(List.of("-jvmArgs", option));
        }
        return command;
    }

    private static Collection<TestResult> results(Path directory) throws IOException, ClassNotFoundException {
        List<Path> blobs = files(directory, "jcstress-results-");
        assertEquals(1, blobs.size(), () -> "result files of jcstress in " + directory + "; see output.txt there");
        InProcessCollector results = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(blobs.get(0).toString(), results);
        try {
            reader.dump();
        } finally {
            reader.close();
        }
        return results.getTestResults();
    }

    /** What an earlier run has left must not be taken for this one's. */
    private static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String left : List.of("jcstress-results-", ForkCounters.PREFIX)) {
            for (Path file : files(directory, left)) {
                Files.delete(file);
            }
        }
    }

    static List<Path> files(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }
}

package sample.bench.wake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import sample.bench.jvm.Jdk;
import sample.bench.wake.pool.Switch;

/** Runs one arm in one JVM of its own, and has it prove what it did. */
final class WakeFork implements AutoCloseable {

    static final String TARGET = "wake.yaml";
    private static final int WARM = 5;
    /** At least, however short the measured ones are: the JIT takes its time. */
    private static final int WARM_MILLIS = 50;
    /** From this version on a JVM warns of what JMH does, once a fork. */
    private static final int WARNS_OF_UNSAFE = 24;

    /** Several threads on fewer cores: each is to have its turn in every iteration. */
    static final int SHARED_ITERATIONS = 7;
    static final int SHARED_MILLIS = 50;

    private final Path agent;
    private final int iterations;
    private final int millis;
    private final Path folder;

    WakeFork(Path agent, int iterations, int millis) throws IOException {
        this.agent = agent.toAbsolutePath();
        this.iterations = iterations;
        this.millis = millis;
        this.folder = Files.createTempDirectory("usr1-wake");
    }

    /** The agent and a JVM read the target and the settings of the events from files. */
    void prepare() throws IOException {
        try (InputStream target = WakeFork.class.getResourceAsStream(TARGET)) {
            Files.copy(target, folder.resolve(TARGET));
        }
        Process jfc = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", agent.toString(), "jfc", folder.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (jfc.onExit().join().exitValue() != 0) {
            throw new IOException("'java -jar " + agent + " jfc' did not write the settings of the events; is it the agent's jar?");
        }
    }

    /** Throws IOException with a sentence if there is no result, or if it is not one of what was to be measured. */
    Sample run(int round, Jdk jdk, Arm arm) throws IOException {
        Path wakes = folder.resolve("wakes");
        Path counters = folder.resolve("counters.json");
        Files.deleteIfExists(wakes);
        Files.deleteIfExists(counters);
        int measured = arm.threads() == 1 ? iterations : SHARED_ITERATIONS;
        int length = arm.threads() == 1 ? millis : SHARED_MILLIS;
        OptionsBuilder options = new OptionsBuilder();
        options.include(WakeBenchmark.class.getName().replace(".", "\\.") + "\\." + arm.method() + "$").param("kind", arm.kind().name())
                .forks(1).warmupIterations(WARM).warmupTime(TimeValue.milliseconds(Math.max(length, WARM_MILLIS)))
                .measurementIterations(measured).measurementTime(TimeValue.milliseconds(length))
                .jvm(jdk.java().toString()).jvmArgsAppend(arguments(jdk, arm.variant(), wakes, counters).toArray(String[]::new))
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true);
        if (!arm.benchmark().equals("robbed")) {
            options.threads(arm.threads());
        }
        Collection<RunResult> results;
        try {
            results = new Runner(options.build()).run();
        } catch (RunnerException failed) {
            throw new IOException("JMH has no result (" + failed.getMessage() + ")", failed);
        }
        double[] scores = results.stream().flatMap(result -> result.getBenchmarkResults().stream()).flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(result -> Math.round(1000 * score(result, "owner" + arm.variant().suffix())) / 1000.0).toArray();
        if (scores.length != measured) {
            throw new IOException("JMH has " + scores.length + " of " + measured + " results");
        }
        Counts counts = arm.variant().isWoven() ? Counts.read(wakes, counters) : null;
        String complaint = counts == null ? null : counts.complaint(arm.benchmark(), arm.variant(), arm.threads());
        if (complaint != null) {
            throw new IOException(complaint);
        }
        return new Sample(round, jdk.feature(), arm.threads(), arm.benchmark(), arm.lock(), arm.variant(), scores, counts);
    }

    private List<String> arguments(Jdk jdk, Variant variant, Path wakes, Path counters) {
        List<String> arguments = new ArrayList<>();
        // C2 would take the lock once for several wakes of JMH's loop, which no event loop does.
        arguments.add("-XX:-EliminateLocks");
        if (jdk.feature() >= WARNS_OF_UNSAFE) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        arguments.add("-D" + WakeBenchmark.WAKES + "=" + wakes);
        if (variant == Variant.SWITCHED) {
            arguments.add("-D" + Switch.PROPERTY + "=true");
        }
        if (variant.isWoven()) {
            arguments.add("-javaagent:" + agent);
            arguments.add("-Dusr1.builtins=off");
            arguments.add("-Dusr1.targets=" + folder.resolve(TARGET));
            arguments.add("-Dusr1.counters=" + variant.counters());
            arguments.add("-Dusr1.counters.file=" + counters);
        }
        if (variant.settings() != null) {
            arguments.add("-D" + WakeBenchmark.SETTINGS + "=" + folder.resolve(variant.settings()));
        }
        return arguments;
    }

    /** Of a group only the owner counts. */
    private static double score(IterationResult iteration, String owner) {
        var inGroup = iteration.getSecondaryResults().get(owner);
        return (inGroup == null ? iteration.getPrimaryResult() : inGroup).getScore();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

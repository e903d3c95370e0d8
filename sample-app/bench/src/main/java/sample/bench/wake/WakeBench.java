package sample.bench.wake;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sample.bench.jvm.Jdk;
import sample.bench.wake.pool.LockKind;

/**
 * Measures what a wake costs, as it was, patched by hand and woven. A round runs one fork of each variant, one after the other, so
 * that a busy moment of the machine meets all of them; what is compared is compared within a round.
 */
@Command(name = "wake-bench", sortOptions = false, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Measures what a wake costs: as it was, patched by hand, and woven by the agent.")
public final class WakeBench implements Callable<Integer> {

    static final String TARGET = "wake.yaml";

    private static final TimeValue ITERATION = TimeValue.milliseconds(200);
    /** Only these have a thief. */
    private static final Set<LockKind> ROBBED = EnumSet.of(LockKind.REENTRANT, LockKind.MONITOR, LockKind.SPIN);

    @Spec
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME", description = "Home of a JDK; may be repeated (default: the running one).")
    private List<Path> javaHomes = List.of(Path.of(System.getProperty("java.home")));

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: ${DEFAULT-VALUE}).")
    private Path agent = Path.of("agent/dist/target/usr1-agent.jar");

    @Option(names = "--rounds", description = "Forks of each variant (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--iterations", description = "Measured iterations of 200 ms in each fork (default: ${DEFAULT-VALUE}).")
    private int iterations = 7;

    @Option(names = "--threads", split = ",", description = "Numbers of threads (default: 1,2,4).")
    private List<Integer> threads = List.of(1, 2, 4);

    @Option(names = "--locks", split = ",", paramLabel = "LOCK", description = "Lock kinds: ${COMPLETION-CANDIDATES} (default: all).")
    private List<LockKind> locks = List.of(LockKind.values());

    @Option(names = "--variants", split = ",", paramLabel = "VARIANT", description = "Which to run: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Variant> variants = List.of(Variant.values());

    @Option(names = "--out", paramLabel = "FILE", description = "Raw figures, JSON (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/wake.json");

    private PrintWriter progress;
    private final List<WakeFigures.Sample> samples = new ArrayList<>();

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new WakeBench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (!Files.isRegularFile(agent)) {
            throw new ParameterException(spec.commandLine(),
                    "--agent: there is no file " + agent + "; build it with 'mvn -q -DskipTests package', or name another jar.");
        }
        progress = spec.commandLine().getErr();
        Path folder = Files.createTempDirectory("usr1-wake");
        try {
            prepare(folder);
            for (int round = 1; round <= rounds; round++) {
                for (Path home : javaHomes) {
                    round(round, Jdk.at(home), folder);
                }
            }
        } finally {
            for (Path file : List.of(folder.resolve(TARGET), folder.resolve("usr1.jfc"), folder.resolve("usr1-detailed.jfc"), folder)) {
                Files.deleteIfExists(file);
            }
        }
        WakeFigures figures = new WakeFigures(rounds + " forks of each variant, " + iterations + " iterations of 200 ms, -XX:-EliminateLocks", samples);
        Files.createDirectories(out.toAbsolutePath().getParent());
        figures.write(out);
        spec.commandLine().getOut().print(figures.table().aligned());
        spec.commandLine().getOut().println(WakeFigures.LEGEND);
        progress.println("raw figures: " + out);
        return 0;
    }

    /** The agent and a JVM read the target and the settings of the events from files. */
    private void prepare(Path folder) throws IOException {
        try (InputStream target = WakeBench.class.getResourceAsStream(TARGET)) {
            Files.copy(target, folder.resolve(TARGET), StandardCopyOption.REPLACE_EXISTING);
        }
        Process jfc = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", agent.toString(), "jfc", folder.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (jfc.onExit().join().exitValue() != 0) {
            throw new IOException("'java -jar " + agent + " jfc' did not write the settings of the events; is it the agent's jar?");
        }
    }

    private void round(int round, Jdk jdk, Path folder) throws RunnerException {
        for (Variant variant : variants) {
            for (int count : threads) {
                run(round, jdk, folder, variant, "(busy|idle)" + variant.suffix(), count, locks);
            }
            run(round, jdk, folder, variant, "robbed" + variant.suffix(), 2, locks.stream().filter(ROBBED::contains).toList());
        }
    }

    private void run(int round, Jdk jdk, Path folder, Variant variant, String benchmark, int count, List<LockKind> kinds) throws RunnerException {
        if (kinds.isEmpty()) {
            return;
        }
        progress.printf("round %d of %d, JDK %d, %s: %s, %d threads%n", round, rounds, jdk.feature(), variant.label(), benchmark, count);
        progress.flush();
        OptionsBuilder options = new OptionsBuilder();
        options.include(WakeBenchmark.class.getName().replace(".", "\\.") + "\\." + benchmark + "$")
                .param("kind", kinds.stream().map(LockKind::name).toArray(String[]::new))
                .forks(1).warmupIterations(5).warmupTime(ITERATION).measurementIterations(iterations).measurementTime(ITERATION)
                .jvm(jdk.java().toString()).jvmArgsAppend(variant.jvmArguments(agent.toAbsolutePath(), folder).toArray(String[]::new))
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true);
        if (!benchmark.startsWith("robbed")) {
            options.threads(count);
        }
        for (RunResult result : new Runner(options.build()).run()) {
            samples.add(sample(round, jdk, variant, count, result));
        }
    }

    private static WakeFigures.Sample sample(int round, Jdk jdk, Variant variant, int threads, RunResult result) {
        String method = result.getParams().getBenchmark().replaceFirst(".*\\.", "").replace("Patched", "");
        double[] scores = result.getBenchmarkResults().stream().flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> score(iteration, "owner" + variant.suffix())).toArray();
        String lock = result.getParams().getParam("kind").toLowerCase(Locale.ROOT).replace('_', '-');
        return new WakeFigures.Sample(round, jdk.feature(), threads, method, lock, variant, scores);
    }

    /** Of a group only the owner counts. */
    private static double score(IterationResult iteration, String owner) {
        var inGroup = iteration.getSecondaryResults().get(owner);
        return (inGroup == null ? iteration.getPrimaryResult() : inGroup).getScore();
    }
}

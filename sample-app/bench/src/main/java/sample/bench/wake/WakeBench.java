package sample.bench.wake;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sample.bench.jvm.Jdk;
import sample.bench.jvm.Jdks;
import sample.bench.jvm.Machine;
import sample.bench.table.Goal;
import sample.bench.table.Table;
import sample.bench.wake.pool.LockKind;

/**
 * Measures what a wake costs, as it was, patched by hand and woven. A round runs one fork of each variant, one after the other, so
 * that a busy moment of the machine meets all of them; what is compared is compared within a round. Exit code 0: all is measured,
 * whether or not the goals are met; 1: a result is missing, or a fork did not do what was to be measured.
 */
@Command(name = "wake-bench", sortOptions = false, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Measures what a wake costs: as it was, patched by hand, and woven by the agent.")
public final class WakeBench implements Callable<Integer> {

    /** So many forks may fail before all of it is given up. */
    private static final int LOST = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--java", paramLabel = "HOME", description = "Home of a JDK; may be repeated (default: one of each version that is found, see USR1_JDKS).")
    private List<Path> javaHomes = List.of();

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: ${DEFAULT-VALUE}).")
    private Path agent = Path.of("agent/dist/target/usr1-agent.jar");

    @Option(names = "--plan", description = "Which combinations: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, twenty minutes for two JDKs).")
    private WakePlan plan = WakePlan.DEFAULT;

    @Option(names = "--quick", description = "The same as --plan quick: a minute, to see that it works.")
    private boolean quick;

    @Option(names = "--rounds", description = "Forks of each variant (default: the plan's).")
    private int rounds;

    @Option(names = "--iterations", description = "Measured iterations in each fork of one owner (default: ${DEFAULT-VALUE}).")
    private int iterations = 40;

    @Option(names = "--millis", description = "Their length; shorter than a scheduler's slice, so that most are not interrupted (default: ${DEFAULT-VALUE}).")
    private int millis = 4;

    @Option(names = "--threads", split = ",", description = "Only these numbers of threads.")
    private Set<Integer> threads = Set.of();

    @Option(names = "--locks", split = ",", paramLabel = "LOCK", description = "Only these lock kinds: ${COMPLETION-CANDIDATES}.")
    private Set<LockKind> locks = Set.of();

    @Option(names = "--variants", split = ",", paramLabel = "VARIANT", description = "Only these variants: ${COMPLETION-CANDIDATES}.")
    private Set<Variant> variants = Set.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Raw figures, JSON (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/wake.json");

    private PrintWriter progress;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new WakeBench()).setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("wake-bench: " + failure.getMessage());
            return 1;
        }).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(agent)) {
            throw new ParameterException(spec.commandLine(),
                    "--agent: there is no file " + agent + "; build it with 'mvn -q -DskipTests package', or name another jar.");
        }
        plan = quick ? WakePlan.QUICK : plan;
        rounds = rounds > 0 ? rounds : plan.rounds();
        progress = spec.commandLine().getErr();
        String machine = Machine.describeWithLoad();
        progress.println(machine);
        measure();
        WakeFigures figures = new WakeFigures(machine, settings(), samples);
        Files.createDirectories(out.toAbsolutePath().getParent());
        figures.write(out);
        report(figures);
        return missing.isEmpty() ? 0 : 1;
    }

    private void measure() throws IOException {
        List<Jdk> jdks = javaHomes.isEmpty() ? Jdks.found() : javaHomes.stream().map(Jdk::at).toList();
        List<Arm> arms = plan.arms().stream().filter(arm -> locks.isEmpty() || locks.contains(arm.kind()))
                .filter(arm -> threads.isEmpty() || threads.contains(arm.threads()))
                .filter(arm -> variants.isEmpty() || variants.contains(arm.variant())).toList();
        int all = jdks.size() * arms.stream().mapToInt(arm -> Math.min(rounds, arm.rounds())).sum();
        int done = 0;
        try (WakeFork fork = new WakeFork(agent, iterations, millis)) {
            fork.prepare();
            for (int round = 1; round <= rounds; round++) {
                for (Jdk jdk : jdks) {
                    for (Arm arm : inTurn(arms, round)) {
                        progress.printf("%d of %d: round %d, JDK %d, %s%n", ++done, all, round, jdk.feature(), arm);
                        progress.flush();
                        measure(fork, round, jdk, arm);
                    }
                }
            }
        }
    }

    /** In the other order every second round: what grows steadily then favours nobody. */
    private static List<Arm> inTurn(List<Arm> arms, int round) {
        List<Arm> now = new ArrayList<>(arms.stream().filter(arm -> round <= arm.rounds()).toList());
        if (round % 2 == 0) {
            Collections.reverse(now);
        }
        return now;
    }

    private void measure(WakeFork fork, int round, Jdk jdk, Arm arm) throws IOException {
        try {
            samples.add(fork.run(round, jdk, arm));
        } catch (IOException none) {
            missing.add("round " + round + ", JDK " + jdk.feature() + ", " + arm + ": " + none.getMessage());
            progress.println("  no result: " + none.getMessage());
            if (missing.size() > LOST) {
                throw new IOException("there are " + missing.size() + " forks without a result, so the others are not waited for; the last: " + none.getMessage(), none);
            }
        }
    }

    private String settings() {
        return String.format("Plan %s: %d rounds, in each one fork of a variant (those without a goal in two rounds), %d iterations of %d ms"
                + " (%d of %d with several threads) after warming up, -XX:-EliminateLocks", plan.name().toLowerCase(Locale.ROOT), rounds, iterations, millis,
                WakeFork.SHARED_ITERATIONS, WakeFork.SHARED_MILLIS);
    }

    private void report(WakeFigures figures) {
        PrintWriter print = spec.commandLine().getOut();
        for (WakeTable table : WakeTable.values()) {
            print.println(table.title());
            print.println(table.of(figures).aligned());
        }
        print.println(WakeTable.LEGEND);
        print.println();
        List<Goal> goals = WakeGoals.of(figures);
        Table judged = Goal.table(goals);
        print.print(judged.aligned());
        print.println(Goal.summary(goals));
        missing.forEach(result -> print.println("MISSING: " + result));
        print.flush();
        progress.println("raw figures: " + out);
    }
}

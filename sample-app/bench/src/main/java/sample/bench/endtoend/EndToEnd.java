package sample.bench.endtoend;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sample.bench.demo.DemoFailure;
import sample.bench.demo.OriginProcess;
import sample.bench.jvm.Jdk;

/**
 * Measures the sample proxy as it is, with HAProxy's fix in its source, and with the agent. Exit code 0: all was measured and every count
 * that must be exact is; 1: not so; 2: wrong usage.
 */
@Command(name = "end-to-end", sortOptions = false, usageHelpAutoWidth = true, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Compares the sample proxy plain, patched by hand and with the agent: locks, waits, requests a second and CPU time a request.")
public final class EndToEnd implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @Option(names = "--exit-with-parent", description = "End when the process that started this one ends, as Maven does without a word.")
    private boolean exitWithParent;

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EndToEnd()).setOverwrittenOptionsAllowed(true).setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(EndToEnd::explain).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Jdk> jdks = options.jdks();
        List<Setup> setups = options.setups();
        Plan plan = options.plan();
        if (exitWithParent) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        PrintWriter progress = spec.commandLine().getErr();
        List<Sample> samples = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        OriginProcess originProcess = OriginProcess.start(plan.folder().resolve("origin.log"));
        InetSocketAddress origin = originProcess.awaitReady();
        SideBySide sideBySide = new SideBySide(plan, origin, progress, complaints::add);
        int forks = options.forks();
        long start = System.nanoTime();
        int done = 0;
        // Forks outside: what changes on the machine in the course of a long run meets all cases.
        for (int fork = 0; fork < forks; fork++) {
            for (Jdk jdk : jdks) {
                for (Setup setup : setups) {
                    progress.printf("fork %d of %d, JDK %d, %s%s%n", fork + 1, forks, jdk.feature(), setup, left(start, done++, forks * jdks.size() * setups.size()));
                    progress.flush();
                    samples.addAll(sideBySide.run(jdk, setup, fork));
                    figures(plan, load, samples).write(options.out()); // whatever ends this later, hours of it are not lost
                }
            }
        }
        originProcess.stop();
        EndToEndFigures figures = figures(plan, load, samples);
        PrintWriter print = spec.commandLine().getOut();
        print.print(figures.aligned());
        complaints.forEach(complaint -> print.println("RED: " + complaint));
        print.flush();
        progress.println("raw figures: " + options.out());
        return complaints.isEmpty() ? 0 : 1;
    }

    private EndToEndFigures figures(Plan plan, double load, List<Sample> samples) {
        String settings = String.format(Locale.ROOT,
                "%d forks of each arm, %d rounds of %d requests each after %d to warm up, %d requests in flight, %d processors, load average before %.1f",
                options.forks(), plan.rounds(), plan.requests(), plan.warm(), plan.clients(), Runtime.getRuntime().availableProcessors(), load);
        return new EndToEndFigures(settings, ordered(samples));
    }

    /** As the plan has the cases, and not as they ran. */
    private static List<Sample> ordered(List<Sample> samples) {
        List<Setup> setups = samples.stream().map(Sample::setup).distinct().toList();
        return samples.stream().sorted(Comparator.<Sample>comparingInt(sample -> setups.indexOf(sample.setup()))
                .thenComparingInt(Sample::jdk).thenComparingInt(Sample::fork)).toList();
    }

    private static String left(long start, int done, int all) {
        if (done == 0) {
            return "";
        }
        Duration left = Duration.ofNanos((System.nanoTime() - start) / done * (all - done));
        return String.format(Locale.ROOT, "; about %d:%02d min left", left.toMinutes(), left.toSecondsPart());
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("end-to-end: " + (failure instanceof DemoFailure ? failure.getMessage() : failure.toString()));
        return 1;
    }
}

package sample.bench.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the sample proxy without the agent, observed and bypassing, side by side under one load, and judges their counters.
 * Exit code 0: every identity holds; 1: one does not, or the demo could not go on; 2: wrong usage.
 */
@Command(name = "demo", sortOptions = false, usageHelpAutoWidth = true, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Runs the sample proxy plain, observed and bypassing, side by side under one load, and checks their counters.")
public final class Demo implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @Option(names = "--json", description = "Print the summary as JSON on standard output, and all else on standard error.")
    private boolean json;

    @Option(names = "--exit-with-parent", description = "End when the process that started the demo ends, as Maven does without a word.")
    private boolean exitWithParent;

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Demo())
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(Demo::refuse)
                .setExecutionExceptionHandler(Demo::explain)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Plan plan = options.plan();
        if (exitWithParent) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        }
        long start = System.nanoTime();
        Summary summary = new Summary(run(plan, out));
        summary.write(plan.out().resolve("summary.json"));
        List<Verdict> verdicts = Verdict.judge(summary.arms());
        Plan contention = plan.forcingContention();
        ForcedWaits forced = ForcedWaits.in(contention.recording(contention.contended()));
        show(summary, verdicts, forced, plan, Duration.ofNanos(System.nanoTime() - start), out);
        if (json) {
            spec.commandLine().getOut().println(summary.json());
        }
        return verdicts.stream().allMatch(Verdict::holds) && forced.holds() ? 0 : 1;
    }

    private static List<ArmResult> run(Plan plan, PrintWriter out) throws IOException, InterruptedException {
        prepare(plan);
        OriginProcess originProcess = OriginProcess.start(plan);
        InetSocketAddress origin = originProcess.awaitReady();
        List<ArmResult> results = new ArrayList<>();
        for (List<Arm> group : plan.groups()) {
            results.addAll(new SideBySide(plan, origin, out).run(group));
        }
        // For its recording only: what it counts is not compared, for its load is another one.
        Plan contention = plan.forcingContention();
        prepare(contention);
        new SideBySide(contention, origin, out).run(List.of(contention.contended()));
        originProcess.stop();
        return results;
    }

    private static void prepare(Plan plan) throws IOException {
        Files.createDirectories(plan.arms());
        EventSettings.extract(plan.agent(), plan.eventSettings());
    }

    private static void show(Summary summary, List<Verdict> verdicts, ForcedWaits forced, Plan plan, Duration time, PrintWriter out) {
        out.println();
        out.print(summary.table().aligned());
        out.println(Summary.LEGEND);
        out.println();
        verdicts.forEach(out::println);
        out.println(forced);
        verdicts.stream().flatMap(verdict -> verdict.failures().stream()).forEach(failure -> out.println("    " + failure));
        out.println();
        out.printf("%d s. %s has summary.json and the recordings to look at first, its arms/ the rest. Look at them with%n",
                time.toSeconds(), shortened(plan.out()));
        Path observed = shortened(plan.out().resolve("observe.jfr"));
        Path bypassed = shortened(plan.out().resolve("bypass.jfr"));
        out.printf("  jmc -open %s%n  jmc -open %s%n  java -jar %s report %s %s%n", bypassed, observed, shortened(plan.agent()), observed, bypassed);
        Plan contention = plan.forcingContention();
        out.printf("Waits that were forced, and who was in the way:%n  java -jar %s report %s%n", shortened(plan.agent()),
                shortened(contention.recording(contention.contended())));
        out.flush();
    }

    private static Path shortened(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private static int refuse(CommandLine.ParameterException wrong, String[] args) {
        wrong.getCommandLine().getErr().println("demo: " + wrong.getMessage() + " 'demo --help' lists the options.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getOut().flush();
        command.getErr().println("demo: " + (failure instanceof DemoFailure ? failure.getMessage() : failure.toString()));
        return 1;
    }
}

package sample.bench.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import sample.bench.jvm.Machine;
import sample.bench.load.LoadClient;
import sample.bench.load.LoadResult;

/**
 * What a recording costs the observed proxy: CPU time a request, of proxies that are loaded in turns, as a ratio to the one
 * without a recording in the same round. CPU time and not requests a second: that is the proxy's own whatever else the machine does.
 */
@Command(name = "recording-cost", sortOptions = false, usageHelpAutoWidth = true, mixinStandardHelpOptions = true, version = "0.1.0",
        description = "Compares the CPU time of the observed proxy without and with a recording. Of several JDKs, locks and reuse modes the first is taken.")
final class RecordingCost implements Callable<Integer> {

    private static final Pattern READY = Pattern.compile("ready listen=([^ :]+):(\\d+) admin=.*");

    /** Loads of each proxy that are not counted: the JIT is at work. */
    private static final int WARM = 2;

    /** Beside what a demo leaves. */
    private static final String RAW = "recording.json";

    /** What is recorded. */
    private enum Recording {
        NONE("none", null),
        OURS("usr1.jfc", "settings=USR1"),
        DETAILED("usr1.jfc, usr1-level=detailed", "settings=USR1,usr1-level=detailed,usr1-threshold=0ns"),
        DEFAULT("default", "settings=default"),
        BOTH("default, usr1.jfc", "settings=default,settings=USR1");

        private final String label;
        private final String settings;

        Recording(String label, String settings) {
            this.label = label;
            this.settings = settings;
        }
    }

    /** A proxy and where it listens. */
    private record Loaded(Recording recording, Child child, InetSocketAddress listen) {
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    private Plan plan;

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RecordingCost()).setOverwrittenOptionsAllowed(true).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        plan = options.plan();
        PrintWriter out = spec.commandLine().getOut();
        String machine = Machine.describeWithLoad();
        Files.createDirectories(plan.arms());
        EventSettings.extract(plan.agent(), plan.eventSettings());
        OriginProcess originProcess = OriginProcess.start(plan);
        InetSocketAddress origin = originProcess.awaitReady();
        List<Loaded> proxies = new ArrayList<>();
        for (Recording recording : Recording.values()) {
            Child child = Child.start("cost-" + recording, command(recording, origin), plan.arms().resolve("cost-" + recording + ".log"));
            Matcher ready = READY.matcher(child.awaitReady());
            if (!ready.matches()) {
                throw new DemoFailure("The proxy did not say where it listens.");
            }
            proxies.add(new Loaded(recording, child, new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)))));
        }
        double[][] micros = measure(proxies, out);
        for (Loaded proxy : proxies) {
            proxy.child().endInput();
            proxy.child().awaitEnd(30, "the end of its input");
        }
        originProcess.stop();
        RecordingFigures figures = figures(machine, micros);
        figures.write(plan.out().resolve(RAW));
        out.print(figures.table().aligned());
        out.println("raw figures: " + plan.out().resolve(RAW));
        out.flush();
        return 0;
    }

    /** Of each recording and round, microseconds of CPU time a request. */
    private double[][] measure(List<Loaded> proxies, PrintWriter out) throws IOException, InterruptedException {
        double[][] micros = new double[proxies.size()][plan.rounds()];
        for (int round = -WARM; round < plan.rounds(); round++) {
            for (int i = 0; i < proxies.size(); i++) {
                int which = Math.floorMod(round + i, proxies.size());
                Loaded proxy = proxies.get(which);
                long before = proxy.child().cpuNanos();
                LoadResult load = new LoadClient(proxy.listen(), plan.clients(), 2).run(round + WARM, plan.requests());
                if (!load.clean()) {
                    throw new DemoFailure("Under " + proxy.recording().label + " the load had errors: " + load.complaints() + ".");
                }
                if (round >= 0) {
                    micros[which][round] = (proxy.child().cpuNanos() - before) / 1e3 / load.requests();
                }
            }
            out.printf(Locale.ROOT, "round %d of %d%n", round + WARM + 1, plan.rounds() + WARM);
            out.flush();
        }
        return micros;
    }

    private RecordingFigures figures(String machine, double[][] micros) {
        List<RecordingFigures.Arm> arms = new ArrayList<>();
        for (Recording recording : Recording.values()) {
            arms.add(new RecordingFigures.Arm(recording.label, Arrays.stream(micros[recording.ordinal()]).map(number -> Math.round(100 * number) / 100.0).toArray()));
        }
        return new RecordingFigures(machine, String.format("JDK %d, %d rounds of %d requests after %d that are not counted, %d loops, lock %s, reuse %s",
                plan.jdks().get(0).feature(), plan.rounds(), plan.requests(), WARM, plan.loops(), plan.locks().get(0), plan.reuses().get(0)), arms);
    }

    private List<String> command(Recording recording, InetSocketAddress origin) {
        List<String> command = new ArrayList<>(List.of(plan.jdks().get(0).java().toString(), "-javaagent:" + plan.agent(),
                "-Dusr1.targets=" + plan.target(), "-Dusr1.mode=observe"));
        if (recording.settings != null) {
            Path file = plan.arms().resolve("cost-" + recording + ".jfr");
            command.add("-XX:StartFlightRecording:filename=" + file + "," + recording.settings.replace("USR1", plan.eventSettings().toString()));
        }
        command.addAll(List.of("-jar", plan.proxy().toString(), "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0",
                "--server", origin.getHostString() + ":" + origin.getPort(), "--loops", String.valueOf(plan.loops()),
                "--maxconn", String.valueOf(plan.maxconn()), "--lock", plan.locks().get(0), "--reuse", plan.reuses().get(0), "--exit-on-eof"));
        return command;
    }
}

package sample.bench.endtoend;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import sample.bench.demo.DemoFailure;
import sample.bench.demo.ProxyChild;
import sample.bench.endtoend.Arm.Kind;
import sample.bench.jvm.CpuClock;
import sample.bench.jvm.Jdk;
import sample.bench.load.LoadResult;

/**
 * One fork: a JVM for each arm, all of them up at once, and short rounds of load that go to one after the other, in another order each
 * time, so that what disturbs the machine meets all arms alike.
 */
final class SideBySide {

    /** Requests in flight at the origin; fewer than clients, or no loop ever lacks a connection. */
    private static final int MAXCONN = 16;

    private final Plan plan;
    private final InetSocketAddress origin;
    private final PrintWriter progress;
    private final Consumer<String> complaints;

    /** @param complaints takes one sentence for each count that is not as it must be */
    SideBySide(Plan plan, InetSocketAddress origin, PrintWriter progress, Consumer<String> complaints) {
        this.plan = plan;
        this.origin = origin;
        this.progress = progress;
        this.complaints = complaints;
    }

    List<Sample> run(Jdk jdk, Setup setup, int fork) throws IOException, InterruptedException {
        List<Measured> proxies = new ArrayList<>();
        for (Arm arm : Arm.ALL) {
            proxies.add(new Measured(arm, start(jdk, setup, arm)));
        }
        for (Measured proxy : proxies) {
            proxy.child.awaitReady();
        }
        for (int round = -plan.warm(); round < plan.rounds(); round++) {
            List<Measured> order = new ArrayList<>(proxies);
            Collections.shuffle(order, new Random(100L * fork + round));
            for (Measured proxy : order) {
                proxy.load(setup, round);
            }
            progress.printf("%s %s", round == -plan.warm() ? "    rounds:" : "", round < 0 ? "warm" : String.valueOf(round + 1));
            progress.flush();
        }
        progress.println();
        List<Sample> samples = new ArrayList<>();
        for (Measured proxy : proxies) {
            samples.add(proxy.end(jdk, setup, fork));
        }
        Map<String, Double> micros = samples.stream().collect(Collectors.toMap(sample -> sample.arm().toString(), Sample::cpuMicros));
        progress.println("    CPU us a request: " + Arm.ALL.stream().map(arm -> String.format(Locale.ROOT, "%s %.1f", arm, micros.get(arm.toString())))
                .collect(Collectors.joining(", ")));
        progress.flush();
        return samples;
    }

    private ProxyChild start(Jdk jdk, Setup setup, Arm arm) throws IOException {
        // Compiler threads that come and go would take their CPU time along.
        List<String> java = new ArrayList<>(List.of(jdk.java().toString(), "-Xmx256m", "-XX:-UseDynamicNumberOfCompilerThreads"));
        if (arm.kind() == Kind.BYPASS) {
            java.addAll(List.of("-javaagent:" + plan.agent(), "-Dusr1.targets=" + plan.target()));
        }
        String path = arm.kind() == Kind.PATCHED ? plan.patched() : plan.proxy().toString();
        Path folder = plan.folder();
        return ProxyChild.start(arm.toString(), folder, java, path, origin, List.of("--loops", String.valueOf(setup.loops()),
                "--maxconn", String.valueOf(MAXCONN), "--lock", setup.lock(), "--reuse", arm.reuse(), "--server-protocol", setup.way().back()));
    }

    /** A proxy and what was measured of it. */
    private final class Measured {
        private final Arm arm;
        private final ProxyChild child;
        private final long[] nanos = new long[plan.rounds()];
        private final long[] cpuNanos = new long[plan.rounds()];
        private CpuClock clock;
        private Counts warm;
        private long sent;

        private Measured(Arm arm, ProxyChild child) {
            this.arm = arm;
            this.child = child;
        }

        /** Rounds below 0 only warm it. */
        private void load(Setup setup, int round) throws IOException, InterruptedException {
            InetSocketAddress address = child.awaitReady();
            if (round == 0) {
                warm = Counts.of(child.liveCounters());
                clock = new CpuClock(child.pid());
            } else if (round > 0) {
                clock.lap();
            }
            long start = System.nanoTime();
            LoadResult load = setup.way().load(address, plan.clients(), setup.bodies(), round + plan.warm(), plan.requests(setup));
            if (!load.clean()) {
                throw new DemoFailure(setup + ", " + arm + ": the load had errors: " + load.complaints() + ".");
            }
            sent += load.requests();
            if (round >= 0) {
                nanos[round] = System.nanoTime() - start;
                cpuNanos[round] = clock.lap();
            }
        }

        private Sample end(Jdk jdk, Setup setup, int fork) throws IOException, InterruptedException {
            Counts life = Counts.of(child.stop());
            Theory.complaints(setup, arm, sent, life).forEach(complaints);
            return new Sample(jdk.feature(), setup, arm, fork, plan.requests(setup), nanos, cpuNanos, life, life.minus(warm));
        }
    }
}

package sample.bench.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sample.bench.demo.DemoFailure;
import sample.bench.demo.ProxyChild;
import sample.bench.jvm.Jdk;
import sample.bench.load.LoadClient;
import sample.bench.load.LoadResult;

/**
 * The resident set of the sample proxy after start and under load. The heap has one size and is touched at start, so that what differs
 * is all the rest.
 */
final class ProcessProbe {

    private static final String HEAP = "64m";
    private static final int CLIENTS = 64;
    private static final int ROUNDS = 3;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP_USED = Pattern.compile("(?:def new generation|DefNew|tenured generation|Tenured)\\s+total \\d+K, used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");

    private final Map<String, List<String>> agents;
    private final Path proxy;
    private final Path folder;
    private final InetSocketAddress origin;
    private final int requests;

    /** @param agents by name, the options of the JVM */
    ProcessProbe(Map<String, List<String>> agents, Path proxy, Path folder, InetSocketAddress origin, int requests) {
        this.agents = agents;
        this.proxy = proxy;
        this.folder = folder;
        this.origin = origin;
        this.requests = requests;
    }

    /** One JVM for each agent, one after the other. */
    List<ProcessFootprint> measure(Jdk jdk, int fork) throws IOException, InterruptedException {
        List<ProcessFootprint> footprints = new ArrayList<>();
        for (Map.Entry<String, List<String>> agent : agents.entrySet()) {
            List<String> java = new ArrayList<>(List.of(jdk.java().toString(), "-XX:+UseSerialGC", "-Xms" + HEAP, "-Xmx" + HEAP, "-XX:+AlwaysPreTouch"));
            java.addAll(agent.getValue());
            ProxyChild child = ProxyChild.start("memory-" + agent.getKey(), folder, java, proxy.toString(), origin, List.of("--loops", "4", "--maxconn", "16"));
            InetSocketAddress listen = child.awaitReady();
            footprints.add(look(jdk, agent.getKey(), "start", fork, child));
            for (int round = 0; round < ROUNDS; round++) {
                LoadResult load = new LoadClient(listen, CLIENTS, 2).run(round, requests);
                if (!load.clean()) {
                    throw new DemoFailure("The proxy with the agent '" + agent.getKey() + "' had errors: " + load.complaints() + ".");
                }
            }
            footprints.add(look(jdk, agent.getKey(), "load", fork, child));
            child.stop();
        }
        return footprints;
    }

    /** The resident set first: to be asked costs memory, too. */
    private ProcessFootprint look(Jdk jdk, String agent, String moment, int fork, ProxyChild child) throws IOException, InterruptedException {
        long resident = sum(RESIDENT, Files.readString(Path.of("/proc", String.valueOf(child.pid()), "status")));
        String said = ask(jdk, child);
        return new ProcessFootprint(jdk.feature(), agent, moment, fork, resident, sum(HEAP_USED, said), sum(METASPACE, said));
    }

    /** Newer JVMs say with VM.metaspace what older ones say with the heap. */
    private String ask(Jdk jdk, ProxyChild child) throws IOException, InterruptedException {
        Path commands = Files.writeString(folder.resolve("jcmd"), "GC.run\nGC.heap_info\nVM.metaspace\n");
        Process jcmd = new ProcessBuilder(jdk.home().resolve("bin/jcmd").toString(), String.valueOf(child.pid()), "-f", commands.toString())
                .redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new DemoFailure("jcmd failed: " + said);
        }
        return said;
    }

    private static long sum(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        long sum = 0;
        boolean found = false;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
            found = true;
        }
        if (!found) {
            throw new DemoFailure("found no '" + pattern + "' in: " + text);
        }
        return sum;
    }
}

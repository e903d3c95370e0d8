package sample.bench.real.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sample.bench.it.Jvm;
import sample.bench.load.LoadClient;
import sample.bench.load.LoadResult;

/** One run of a proxy in a JVM of its own: without the agent, or with it in one mode. */
final class ProxyArm implements AutoCloseable {

    static final String PLAIN = "plain";

    private static final int CLIENTS = 8;
    private static final int CLIENT_THREADS = 2;
    /**
     * A round of the load without a chunked request of no bytes. Membrane 4.9.1 never ends such a request at the origin, whether the agent
     * is there or not.
     */
    private static final int ROUND = 23;
    private static final String AUDITED = "audited ";

    private final RealProxy proxy;
    private final String mode;
    private final Jvm jvm;
    private final Path counters;
    private final Path log;
    private String result;

    private ProxyArm(RealProxy proxy, String mode, Jvm jvm, Path counters, Path log) {
        this.proxy = proxy;
        this.mode = mode;
        this.jvm = jvm;
        this.counters = counters;
        this.log = log;
    }

    /**
     * Starts it and does not wait for it.
     *
     * @param mode of the agent, or {@link #PLAIN}
     */
    static ProxyArm start(Jdk jdk, RealProxy proxy, String classPath, String origin, String mode, Path folder) throws IOException {
        Path here = Files.createDirectories(folder.resolve(jdk + "-" + mode));
        Path counters = here.resolve("counters.json");
        Path log = here.resolve("agent.log");
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx512m"));
        if (!mode.equals(PLAIN)) {
            command.addAll(List.of("-javaagent:" + System.getProperty("test.agent.jar"), "-Dusr1.mode=" + mode, "-Dusr1.counters=exact",
                    "-Dusr1.counters.file=" + counters, "-Dusr1.log=info", "-Dusr1.log.file=" + log));
        }
        command.addAll(proxy.quiet());
        command.addAll(List.of("-cp", classPath, "sample.bench.real.proxy." + proxy.program(), proxy.listens() ? origin : proxy.argument()));
        // Synapse keeps an access log where it runs.
        return new ProxyArm(proxy, mode, Jvm.startIn(here, command, here.resolve("errors")), counters, log);
    }

    /** Has it do its work to the end: the requests, each answer checked byte by byte, or what a database program did before it was ready. */
    ProxyArm work() throws IOException, InterruptedException {
        String ready = jvm.awaitReady();
        if (proxy.listens()) {
            InetSocketAddress at = new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1)));
            LoadResult load = new LoadClient(at, CLIENTS, CLIENT_THREADS).run(ROUND, RealProxy.REQUESTS);
            result = load.toString();
        } else {
            result = ready;
        }
        return this;
    }

    /** Ends it, which must end well. */
    ProxyArm end() throws IOException, InterruptedException {
        jvm.endInput();
        jvm.awaitEnd();
        return this;
    }

    /** What came of its work; the same in every arm. */
    String result() {
        return result;
    }

    String errors() {
        return jvm.errors();
    }

    /** Calls with a clear flag that audit compared under the lock. */
    long audited() {
        return jvm.output().stream().filter(line -> line.startsWith(AUDITED)).mapToLong(line -> Long.parseLong(line.substring(AUDITED.length()))).sum();
    }

    Woven woven() throws IOException {
        JsonNode all = Files.exists(counters) ? new ObjectMapper().readTree(counters.toFile()).get("targets") : MissingNode.getInstance();
        for (JsonNode one : all) {
            if (one.get("target").asText().equals(proxy.target())) {
                return Woven.of(one, Files.readAllLines(log));
            }
        }
        throw new AssertionError(this + ": " + proxy.target() + " is not woven: " + (Files.exists(log) ? Files.readString(log) : errors()));
    }

    @Override public void close() {
        jvm.close();
    }

    @Override public String toString() {
        return proxy + ", " + mode;
    }
}

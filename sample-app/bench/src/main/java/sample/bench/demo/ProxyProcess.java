package sample.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One proxy in a JVM of its own: its command line, its address while it runs, its counters after it has ended. */
final class ProxyProcess {

    private static final Pattern READY = Pattern.compile("ready listen=([^ :]+):(\\d+) admin=([^ ]+)");
    private static final int STOP_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Arm arm;
    private final Plan plan;
    private final Child child;
    private InetSocketAddress listen;
    private String admin;

    private ProxyProcess(Arm arm, Plan plan, InetSocketAddress origin) throws IOException {
        this.arm = arm;
        this.plan = plan;
        List.of(proxyCounters(), agentCounters(), plan.recording(arm)).forEach(ProxyProcess::deleteOld);
        this.child = Child.start(arm.fileName(), command(origin), file(".log"));
    }

    /** Starts the JVM and does not wait for it. */
    static ProxyProcess start(Arm arm, Plan plan, InetSocketAddress origin) throws IOException {
        return new ProxyProcess(arm, plan, origin);
    }

    /** Waits until the proxy listens; returns where. */
    InetSocketAddress awaitReady() throws IOException, InterruptedException {
        String line = child.awaitReady();
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            throw new DemoFailure(arm.fileName() + " said '" + line + "', expected 'ready listen=HOST:PORT admin=HOST:PORT'.");
        }
        listen = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
        admin = ready.group(3);
        return listen;
    }

    Arm arm() {
        return arm;
    }

    InetSocketAddress listen() {
        return listen;
    }

    /** The proxy's counters as they are now. */
    JsonNode liveCounters() throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://" + admin + "/counters")).build();
        return JSON.readTree(HttpClient.newHttpClient().send(get, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Asks the proxy to end in good order and waits for it: its counters are exact only after its loops have joined. */
    void stop() throws IOException, InterruptedException {
        HttpRequest stop = HttpRequest.newBuilder(URI.create("http://" + admin + "/stop"))
                .POST(HttpRequest.BodyPublishers.noBody()).build();
        HttpClient.newHttpClient().send(stop, HttpResponse.BodyHandlers.discarding());
        child.awaitEnd(STOP_SECONDS, "POST /stop");
    }

    /** The proxy's final counters. */
    JsonNode counters() throws IOException {
        return read(proxyCounters(), "the proxy's final counters");
    }

    /** What the agent says of the sample target, or a missing node for a proxy without the agent. */
    JsonNode agentReport() throws IOException {
        if (!arm.kind().agent()) {
            return MissingNode.getInstance();
        }
        for (JsonNode target : read(agentCounters(), "the agent's counters").path("targets")) {
            if (target.path("target").asText().equals("sample-proxy")) {
                return target;
            }
        }
        throw new DemoFailure(arm.fileName() + ": " + agentCounters() + " has no target sample-proxy; is " + plan.target()
                + " the right file? The agent's log is " + file(".log") + ".");
    }

    private List<String> command(InetSocketAddress origin) {
        List<String> command = new ArrayList<>();
        command.add(arm.jdk().java().toString());
        if (arm.kind().agent()) {
            command.add("-javaagent:" + plan.agent());
            command.add("-Dusr1.targets=" + plan.target());
            command.add("-Dusr1.mode=" + arm.kind().word());
            command.add("-Dusr1.counters=exact");
            command.add("-Dusr1.counters.file=" + agentCounters());
            command.add("-XX:StartFlightRecording:filename=" + plan.recording(arm) + ",settings=default,settings=" + plan.eventSettings());
        }
        command.addAll(List.of("-jar", plan.proxy().toString(),
                "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--server", origin.getHostString() + ":" + origin.getPort(),
                "--loops", String.valueOf(plan.loops()), "--maxconn", String.valueOf(plan.maxconn()),
                "--lock", arm.lock(), "--reuse", arm.reuse(),
                "--counters-file", proxyCounters().toString(), "--exit-on-eof"));
        if (plan.wakeInsideLock()) {
            command.add("--wake-inside-lock");
        }
        return command;
    }

    private Path proxyCounters() {
        return file(".proxy.json");
    }

    private Path agentCounters() {
        return file(".agent.json");
    }

    private Path file(String suffix) {
        return plan.arms().resolve(arm.fileName() + suffix);
    }

    private JsonNode read(Path file, String what) throws IOException {
        if (!Files.exists(file)) {
            throw new DemoFailure(arm.fileName() + " left no " + file.getFileName() + ", expected " + what
                    + "; the last line of " + file(".log") + " is: " + child.lastWords());
        }
        return JSON.readTree(file.toFile());
    }

    /** A file of an earlier run must not pass for this one's. */
    private static void deleteOld(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            throw new DemoFailure("Cannot delete " + file + " of an earlier run: " + kept + ".");
        }
    }
}

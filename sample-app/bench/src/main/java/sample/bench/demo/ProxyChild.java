package sample.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** A sample proxy for other measurements than the demo's own, in a JVM of its own. */
public final class ProxyChild {

    private static final Pattern READY = Pattern.compile("ready listen=([^ :]+):(\\d+) admin=([^ ]+)");
    private static final int STOP_SECONDS = 30;
    /** Of a request, for a place among those in flight: the machine may be busy. */
    private static final int PATIENCE_MILLIS = 25_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Child child;
    private final Path counters;
    private InetSocketAddress listen;
    private String admin;

    private ProxyChild(String name, Child child, Path counters) {
        this.name = name;
        this.child = child;
        this.counters = counters;
    }

    /**
     * Starts it and does not wait for it.
     *
     * @param folder  for its log and its counters, which are named after it
     * @param java    the program and the JVM's options
     * @param path    class path that has the proxy
     * @param options the proxy's own, besides those that say where it listens and ends
     */
    public static ProxyChild start(String name, Path folder, List<String> java, String path, InetSocketAddress origin, List<String> options) throws IOException {
        Path counters = folder.resolve(name + ".proxy.json");
        Files.deleteIfExists(counters);
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-cp", path, "sample.proxy.Main", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0",
                "--server", origin.getHostString() + ":" + origin.getPort(), "--connect-timeout", String.valueOf(PATIENCE_MILLIS),
                "--counters-file", counters.toString(), "--exit-on-eof"));
        command.addAll(options);
        return new ProxyChild(name, Child.start(name, command, folder.resolve(name + ".log")), counters);
    }

    /** Waits until the proxy listens; returns where. */
    public InetSocketAddress awaitReady() throws IOException, InterruptedException {
        if (listen == null) {
            String line = child.awaitReady();
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new DemoFailure(name + " said '" + line + "', expected 'ready listen=HOST:PORT admin=HOST:PORT'.");
            }
            admin = ready.group(3);
            listen = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
        }
        return listen;
    }

    /** Process id. */
    public long pid() {
        return child.pid();
    }

    /** The proxy's counters as they are now. */
    public JsonNode liveCounters() throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://" + admin + "/counters")).build();
        return JSON.readTree(HTTP.send(get, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Ends it in good order and returns its final counters, which are exact because its loops have joined. */
    public JsonNode stop() throws IOException, InterruptedException {
        child.endInput();
        child.awaitEnd(STOP_SECONDS, "the end of its input");
        return JSON.readTree(counters.toFile());
    }
}

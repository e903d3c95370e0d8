package sample.bench.it;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import sample.bench.load.H2LoadClient;
import sample.bench.load.LoadClient;
import sample.bench.load.LoadResult;
import sample.bench.load.TlsLoadClient;

/** A sample proxy that was started. */
final class RunningProxy implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready listen=([^ :]+):(\\d+) admin=([^ ]+)");
    private static final int CLIENT_THREADS = 2;
    private static final int STREAMS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Jvm jvm;
    private final Path proxyCounters;
    private final Path agentCounters;
    private InetSocketAddress listen;
    private String admin;
    private LoadResult load = LoadResult.NONE;

    RunningProxy(String name, Jvm jvm, Path proxyCounters, Path agentCounters) {
        this.name = name;
        this.jvm = jvm;
        this.proxyCounters = proxyCounters;
        this.agentCounters = agentCounters;
    }

    /** Waits until the proxy listens; returns where. */
    InetSocketAddress awaitReady() throws InterruptedException {
        if (listen == null) {
            String line = jvm.awaitReady();
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new AssertionError(name + " said '" + line + "'");
            }
            listen = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
            admin = ready.group(3);
        }
        return listen;
    }

    long pid() {
        return jvm.pid();
    }

    /** Sends checked requests; what the client saw is part of {@link #stop}'s result. */
    RunningProxy load(int round, int clients, int requests) throws IOException, InterruptedException {
        load = load.plus(new LoadClient(awaitReady(), clients, CLIENT_THREADS).run(round, requests));
        return this;
    }

    /** The same, each request on a connection of its own. */
    RunningProxy loadClosing(int round, int clients, int requests) throws IOException, InterruptedException {
        load = load.plus(new LoadClient(awaitReady(), clients, CLIENT_THREADS, true).run(round, requests));
        return this;
    }

    /** The same over HTTP/2, one request in flight on each connection. */
    RunningProxy loadH2Serially(int round, int clients, int requests) throws IOException, InterruptedException {
        load = load.plus(new H2LoadClient(awaitReady(), clients, 1, null).run(round, requests));
        return this;
    }

    /** The same over HTTP/2: the clients are streams of a few connections. */
    RunningProxy loadH2(int round, int clients, int requests) throws IOException, InterruptedException {
        return loadH2(round, clients, requests, null);
    }

    /** {@link #load} over TLS. */
    RunningProxy loadTls(int round, int clients, int requests) throws IOException, InterruptedException {
        load = load.plus(new TlsLoadClient(awaitReady(), clients, Certificate.trust()).run(round, requests));
        return this;
    }

    /** {@link #loadH2} over TLS. */
    RunningProxy loadTlsH2(int round, int clients, int requests) throws IOException, InterruptedException {
        return loadH2(round, clients, requests, Certificate.trust());
    }

    private RunningProxy loadH2(int round, int clients, int requests, SSLContext trust) throws IOException, InterruptedException {
        int connections = Math.max(1, clients / STREAMS);
        load = load.plus(new H2LoadClient(awaitReady(), connections, STREAMS, trust).run(round, requests));
        return this;
    }

    /** The counters as the loops have them now. */
    JsonNode counters() throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://" + admin + "/counters")).build();
        return JSON.readTree(HTTP.send(get, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Ends the proxy by ending its input: the counters are exact only after its loops have joined. */
    Ended stop() throws IOException, InterruptedException {
        awaitReady();
        jvm.endInput();
        jvm.awaitEnd();
        JsonNode agent = Files.exists(agentCounters) ? JSON.readTree(agentCounters.toFile()) : MissingNode.getInstance();
        return new Ended(name, load, JSON.readTree(proxyCounters.toFile()), agent, jvm.output(), jvm.errors());
    }

    @Override
    public void close() {
        jvm.close();
    }
}

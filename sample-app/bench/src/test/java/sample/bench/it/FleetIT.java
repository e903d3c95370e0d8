package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Prometheus JMX exporter as a second agent, with the rules that the docs have. */
class FleetIT {

    private static final String EXPORTER = Path.of(System.getProperty("test.others"), "jmx-exporter.jar").toString();
    private static final Path RULES = Path.of(System.getProperty("test.docs"), "usr1-prometheus.yaml");
    private static final long MINUTES = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void theExporterServesOurCounts(Jdk jdk) throws Exception {
        int port = freePort();
        try (RunningProxy proxy = new ProxyCommand(jdk, folder, "fleet").agent("bypass")
                .jvm("-javaagent:" + EXPORTER + "=127.0.0.1:" + port + ":" + RULES).start()) {
            proxy.load(0, 4, 200);
            String page = scraped(port);
            assertTrue(page.lines().anyMatch(line -> line.matches("usr1_bypassed_total\\{loader=\"app\",target=\"sample-proxy\"\\} [1-9].*")), page);
            assertTrue(page.lines().anyMatch(line -> line.matches("usr1_violations_total\\{.*} 0(\\.0)?")), page);
            assertTrue(page.lines().anyMatch(line -> line.matches("usr1_locks_total\\{loader=\"app\",role=\"get\",target=\"sample-proxy\",what=\"acquired\"} [1-9].*")), page);
            Ended ended = proxy.stop();
            ended.assertServed();
            assertEquals("open", ended.target().path("state").asText());
            ended.assertAgentAgrees();
        }
    }

    /** Until our beans are there, which is within a second after the exporter has made the MBean server. */
    private static String scraped(int port) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
        String page = "";
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        while (!page.contains("usr1_locks_total{") && System.nanoTime() < deadline) {
            page = HttpClient.newHttpClient().send(get, HttpResponse.BodyHandlers.ofString()).body();
        }
        return page;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

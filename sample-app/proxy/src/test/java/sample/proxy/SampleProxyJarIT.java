package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as others run it: one line when it is ready, an admin port, three ways to stop it, and counters at the end. */
class SampleProxyJarIT {
    private static final Pattern READY = Pattern.compile("ready listen=(127\\.0\\.0\\.1:\\d+) admin=(127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private Path directory;

    private interface Ending {
        void of(Process process, String admin) throws Exception;
    }

    @Test
    void stopsByItsAdminPort() throws Exception {
        assertEquals(0, run((process, admin) -> {
            String live = http(HttpRequest.newBuilder(URI.create("http://" + admin + "/counters")).build());
            assertTrue(live.contains("\"requests\": 1,") && live.contains("\"lock\": \"spin\""), live);
            http(HttpRequest.newBuilder(URI.create("http://" + admin + "/stop")).POST(HttpRequest.BodyPublishers.noBody()).build());
        }));
    }

    @Test
    void stopsWhenItsInputEnds() throws Exception {
        assertEquals(0, run((process, admin) -> process.getOutputStream().close(), "--exit-on-eof"));
    }

    @Test
    void stopsByASignal() throws Exception {
        assertEquals(143, run((process, admin) -> process.toHandle().destroy()));
    }

    private int run(Ending ending, String... more) throws Exception {
        Path counters = directory.resolve("counters.json");
        Path stderr = directory.resolve("stderr");
        try (TestOrigin origin = TestOrigin.echo()) {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                    "target/sample-proxy.jar", "--listen", "127.0.0.1:0", "--server", HostPort.print(origin.address()), "--loops", "2",
                    "--lock", "spin", "--counters-file", counters.toString()));
            command.addAll(List.of(more));
            Process process = new ProcessBuilder(command).redirectError(stderr.toFile()).start();
            try (BufferedReader stdout = process.inputReader()) {
                String line = stdout.readLine();
                Matcher ready = READY.matcher(String.valueOf(line));
                assertTrue(ready.matches(), line + Files.readString(stderr));
                try (TestClient client = new TestClient(HostPort.parse(ready.group(1)))) {
                    assertEquals("/", client.get("/").text());
                }
                ending.of(process, ready.group(2));
                assertTrue(process.waitFor(30, TimeUnit.SECONDS), "It did not stop.");
                assertEquals(null, stdout.readLine());
                assertEquals("", Files.readString(stderr));
                String last = Files.readString(counters);
                assertTrue(last.contains("\"responses\": 1,") && last.contains("\"idleConnections\": 0,"), last);
                return process.exitValue();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String http(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}

package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the report foretells of a proxy that is only observed is what happens when it bypasses. */
class ReportIT {

    private static final int REQUESTS = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void needlessLocksAreThoseThatABypassSaves(Jdk jdk) throws IOException, InterruptedException {
        JsonNode observed = report(jdk, recorded(jdk, "observe"));
        JsonNode bypassing = report(jdk, recorded(jdk, "bypass"));
        long needless = wake(observed, "needless");
        assertTrue(needless >= 2 * REQUESTS, observed::toString);
        assertEquals(needless, wake(bypassing, "bypassed"), () -> observed + "\n" + bypassing);
        assertEquals(0, wake(bypassing, "needless"));
        assertEquals(wake(observed, "guarded"), wake(bypassing, "guarded"), "the locks that are needed");
        String sentence = finding(observed, "bypass").get("sentence").asText();
        assertTrue(sentence.startsWith("Needless wake locks: " + needless + " of " + wake(observed, "acquired") + " ("), sentence);
        assertEquals("warning", finding(observed, "bypass").get("severity").asText());
        assertEquals("ok", finding(bypassing, "bypass").get("severity").asText());
        assertEquals("ok", finding(bypassing, "gates").get("severity").asText());
    }

    /** One loop, one client, one request after the other: nothing is left to scheduling. */
    private Path recorded(Jdk jdk, String mode) throws IOException, InterruptedException {
        Path recording = folder.resolve(mode + ".jfr");
        try (SmallOrigin origin = new SmallOrigin();
                RunningProxy proxy = new ProxyCommand(jdk, folder, mode).startsQuickly().agent(mode)
                        .jvm("-XX:StartFlightRecording:settings=none,filename=" + recording)
                        .proxy("--loops", "1", "--lock", "reentrant").start(origin.address())) {
            try (Socket client = new Socket()) {
                client.connect(proxy.awaitReady());
                for (int i = 0; i < REQUESTS; i++) {
                    SmallOrigin.exchange(client);
                }
            }
            proxy.stop().assertAgentAgrees();
        }
        return recording;
    }

    private JsonNode report(Jdk jdk, Path recording) throws IOException, InterruptedException {
        Path out = folder.resolve(recording.getFileName() + ".json");
        Process process = new ProcessBuilder(jdk.java(), "-jar", ProxyCommand.AGENT.toString(), "report", "--json", recording.toString())
                .redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertEquals(0, process.waitFor());
        return new ObjectMapper().readTree(Files.readString(out)).get("recordings").get(0);
    }

    private static long wake(JsonNode report, String counter) {
        return only(report.get("roles"), "role", "wake").get(counter).asLong();
    }

    private static JsonNode finding(JsonNode report, String kind) {
        return only(report.get("findings"), "kind", kind);
    }

    private static JsonNode only(JsonNode nodes, String key, String value) {
        return StreamSupport.stream(nodes.spliterator(), false).filter(node -> node.get(key).asText().equals(value)).findFirst().orElseThrow();
    }
}

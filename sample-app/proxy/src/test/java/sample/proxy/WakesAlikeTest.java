package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fix to one copy of the wake must be a fix to all (HAProxy 05c409f1b: the third copy was forgotten, which was TLS's). */
class WakesAlikeTest {
    private static final String TLS = "public void wakeTls(TlsTasklet tasklet) {";

    @Test
    void theThreeClassesDifferInTheirLocksOnly() throws Exception {
        List<String> reentrant = body("ReentrantWake");
        assertTrue(reentrant.contains("connection = tasklet.context; // read under the lock: a takeover may have nulled it until just now"));
        assertEquals(reentrant, body("MonitorWake"));
        assertEquals(reentrant, body("SpinWake"));
    }

    @Test
    void theTwoWakesDifferInTheirLayerOnly() throws Exception {
        List<String> both = body("ReentrantWake");
        int tls = both.indexOf(TLS);
        List<String> mux = both.subList(both.indexOf("public void wake(Tasklet tasklet) {"), tls - 1);
        assertEquals(mux, both.subList(tls, both.size()).stream().map(WakesAlikeTest::asOfTheMux).toList());
    }

    private static String asOfTheMux(String line) {
        return line.replace("wakeTls(TlsTasklet", "wake(Tasklet").replace("counters.tls;", "counters.mux;").replace("TlsLayer layer", "Connection connection")
                .replace("layer.connection", "connection").replaceAll("\\blayer\\b", "connection");
    }

    private static List<String> body(String name) throws Exception {
        return Files.readAllLines(Path.of("src/main/java/sample/proxy", name + ".java")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("/**"))
                .filter(line -> !line.matches("idle\\.(reentrant|spin)\\.(lock|unlock)\\(\\);|try \\{|} finally \\{|synchronized \\(idle\\.monitor\\) \\{|}"))
                .map(line -> line.replace(name, "Wake"))
                .toList();
    }
}

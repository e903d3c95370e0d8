package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fix to one copy of the wake must be a fix to all (HAProxy 05c409f1b: the third copy was forgotten). */
class WakesAlikeTest {
    @Test
    void theThreeWakesDifferInTheirLocksOnly() throws Exception {
        List<String> reentrant = body("ReentrantWake");
        assertTrue(reentrant.contains("connection = tasklet.context; // read under the lock: a takeover may have nulled it until just now"));
        assertEquals(reentrant, body("MonitorWake"));
        assertEquals(reentrant, body("SpinWake"));
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

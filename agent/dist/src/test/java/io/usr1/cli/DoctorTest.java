package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} of a command line that is not run, and {@code targets}. */
class DoctorTest {

    @TempDir private Path folder;

    @Test void aGoodCommandLine() {
        Ran ran = Ran.cli("doctor", "--", "java", "-javaagent:lib/usr1-agent.jar", "-Dusr1.targets=" + Ran.TARGET, "-cp", Ran.CLASSES, "org.example.Application", "-x");
        assertEquals(0, ran.code(), ran::toString);
        assertRow(ran, "runs +org\\.example\\.Application");
        assertRow(ran, "other agents +none on the command line");
        assertRow(ran, "target pool +all 4 sites can be woven");
    }

    @Test void whatIsToBeDone() {
        Ran ran = Ran.cli("doctor", "--", "/opt/jdk/bin/java", "-javaagent:other.jar", "-XX:-EnableDynamicAgentLoading", "-Dusr1.mod=off", "-jar", "app.jar");
        assertEquals(1, ran.code());
        assertRow(ran, "other agents +-javaagent:other\\.jar");
        assertRow(ran, "attach +forbidden by -XX:-EnableDynamicAgentLoading");
        assertRow(ran, "usr1-agent +not on the command line");
        assertRow(ran, "options +there is no option 'usr1\\.mod'.*");
        assertRow(ran, "class path +class path entry 'app\\.jar' is not there; .*");
    }

    @Test void jsonSaysTheSame() throws IOException {
        Ran ran = Ran.cli("doctor", "--json", "--", "java", "-javaagent:usr1-agent.jar=targets=" + folder.resolve("nowhere.yaml"), "Main");
        assertEquals(1, ran.code());
        JsonNode findings = new ObjectMapper().readTree(ran.out()).get("findings");
        JsonNode last = findings.get(findings.size() - 1);
        assertEquals("target " + folder.resolve("nowhere.yaml"), last.get("what").asText());
        assertEquals("correct the file", last.get("todo").asText());
    }

    @Test void targetsAreListed() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "target: x");
        Ran ran = Ran.cli("targets", Ran.TARGET, folder.toString());
        assertEquals(2, ran.code());
        assertTrue(ran.err().startsWith(bad + ":"), ran::err);
        assertEquals("pool  carrier org.example.pool.Tasklet  1 bypassed, 1 observed  " + Ran.TARGET, ran.outLines().get(0));
        assertEquals("pool", new ObjectMapper().readTree(Ran.cli("targets", "--json", Ran.TARGET).out()).get("targets").get(0).get("target").asText());
    }

    private static void assertRow(Ran ran, String row) {
        assertTrue(ran.outLines().stream().anyMatch(line -> line.matches(row)), () -> row + " is not in\n" + ran.out());
    }
}

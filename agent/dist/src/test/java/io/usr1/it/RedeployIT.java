package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred deployments of a woven pool leave no loader, no gate and, in a metaspace too small for them, no class behind. */
class RedeployIT {

    private static final int DEPLOYMENTS = 200;
    /** As {@code org.example.Redeploys} has it. */
    private static final int WARM = 20;
    private static final int WAKES = 101;
    private static final Pattern HELD = Pattern.compile("loaders=200 woven=true alive=0 gates=0 warm=(\\d+)/(\\d+) end=(\\d+)/(\\d+)");
    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void leavesNothingBehind(Jdk jdk) throws IOException, InterruptedException {
        Path counters = folder.resolve("counters.json");
        Forked forked = Forked.run(jdk, folder, "-XX:MaxMetaspaceSize=40m", "-javaagent:" + AgentJarIT.JAR, "-Dusr1.targets=" + TARGET, "-Dusr1.counters=exact",
                "-Dusr1.counters.file=" + counters, "-cp", System.getProperty("test.classes"), "org.example.Redeploys", System.getProperty("test.classes"));
        assertEquals(List.of(), forked.err());
        assertEquals(1, forked.out().size(), forked::toString);
        Matcher said = HELD.matcher(forked.out().get(0));
        assertTrue(said.matches(), forked::toString);
        assertTrue(Long.parseLong(said.group(3)) - Long.parseLong(said.group(1)) < DEPLOYMENTS - WARM, () -> "less than one class a deployment is kept: " + forked);
        assertTrue(Double.parseDouble(said.group(4)) / Double.parseDouble(said.group(2)) < 1.2, () -> "metaspace is what it was when the JVM was warm: " + forked);

        JsonNode gone = new ObjectMapper().readTree(counters.toFile()).get("gone").get(0);
        assertEquals(DEPLOYMENTS, gone.get("loaders").asInt(), "what was counted in loaders that are gone is not lost: " + gone);
        long wakes = 0;
        for (JsonNode site : gone.get("sites")) {
            wakes += site.get("role").asText().equals("wake") ? site.get("bypassed").asLong() + site.get("acquired").asLong() : 0;
        }
        assertEquals(DEPLOYMENTS * WAKES, wakes, gone::toString);
        assertTrue(gone.get("bypassed").asLong() > 0);
    }
}

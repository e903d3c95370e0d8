package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM with the small pool left behind.
 *
 * @param wakes  all of them
 * @param locked those that took the lock
 * @param target what the agent says of the pool's target; a missing node if nothing
 * @param errors standard error
 */
record SmallRun(long wakes, long locked, long takeovers, JsonNode target, String errors) {

    private static final Pattern COUNTS = Pattern.compile("wakes=(\\d+) locked=(\\d+) takeovers=(\\d+)");

    /** Runs it to its end with the agent, which tells everything. */
    static SmallRun withAgent(Jdk jdk, Path folder, String... command) throws IOException, InterruptedException {
        Path counters = folder.resolve("small.agent.json");
        List<String> all = new ArrayList<>(List.of("-Xverify:all", "-javaagent:" + ProxyCommand.AGENT, "-Dusr1.targets=" + SmallPool.target(folder),
                "-Dusr1.counters=exact", "-Dusr1.counters.file=" + counters, "-Dusr1.log=info"));
        all.addAll(List.of(command));
        return run(jdk, folder, all, counters);
    }

    static SmallRun without(Jdk jdk, Path folder, String... command) throws IOException, InterruptedException {
        return run(jdk, folder, List.of(command), folder.resolve("none.json"));
    }

    void assertBypasses() {
        assertServed();
        assertEquals("open", target.path("state").asText(), errors);
        assertEquals(SmallPool.BYPASSED, target.path("bypassed").asLong(), errors);
        assertEquals(SmallPool.WAKES - SmallPool.BYPASSED, locked, "the wakes of idle connections lock");
    }

    /** The application is as without the agent, and one sentence says why. */
    void assertRefused(String... words) {
        assertServed();
        assertEquals("refused", target.path("state").asText(), errors);
        assertEquals(SmallPool.WAKES, locked, "every wake locks");
        List<String> said = errors.lines().filter(line -> line.contains(" error: ")).toList();
        assertEquals(1, said.size(), errors);
        for (String word : words) {
            assertTrue(said.get(0).contains(word), () -> "'" + word + "' is not in: " + said.get(0));
        }
    }

    private void assertServed() {
        assertEquals(SmallPool.WAKES, wakes, errors);
        assertTrue(takeovers > 0, "nothing was taken over, so the flag was not tested");
    }

    private static SmallRun run(Jdk jdk, Path folder, List<String> command, Path counters) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(jdk.java(), "-XX:+UseSerialGC", "-Xmx256m"));
        all.addAll(command);
        try (Jvm jvm = Jvm.start(all, folder.resolve("small.err"))) {
            jvm.awaitEnd();
            Matcher counts = COUNTS.matcher(String.join("\n", jvm.output()));
            assertTrue(counts.find(), () -> jvm.output() + jvm.errors());
            return new SmallRun(Long.parseLong(counts.group(1)), Long.parseLong(counts.group(2)), Long.parseLong(counts.group(3)),
                    counters.toFile().exists() ? new ObjectMapper().readTree(counters.toFile()).path("targets").path(0) : new ObjectMapper().missingNode(),
                    jvm.errors());
        }
    }
}

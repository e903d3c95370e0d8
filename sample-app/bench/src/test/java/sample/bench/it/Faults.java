package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is asked of a proxy in the company of a fault. */
final class Faults {

    private static final int CLIENTS = 16;
    private static final int REQUESTS = 200;

    private Faults() {
    }

    static ProxyCommand command(Jdk jdk, Path folder) {
        return new ProxyCommand(jdk, folder, "proxy").startsQuickly().proxy("--loops", "2", "--maxconn", "4");
    }

    /** Starts, serves checked requests, ends. */
    static Ended serve(ProxyCommand command) throws IOException, InterruptedException {
        try (RunningProxy proxy = command.start()) {
            Ended ended = proxy.load(0, CLIENTS, REQUESTS).stop();
            ended.assertServed();
            assertEquals(REQUESTS, ended.count("requests"));
            return ended;
        }
    }

    /** The counts are those of a proxy without the agent, and one line on standard error has these words. */
    static void assertPlain(ProxyCommand command, String... words) throws IOException, InterruptedException {
        Ended ended = serve(command);
        assertOneSentence(ended, words);
        assertEquals(ended.count("wakes"), ended.count("wakeLocks"), "every wake locks");
        assertEquals(0, ended.bypassed(), "bypassed");
    }

    static void assertOneSentence(Ended ended, String... words) {
        List<String> lines = ended.errors().lines().toList();
        assertEquals(1, lines.size(), () -> "lines on standard error:\n" + ended.errors());
        for (String word : words) {
            assertTrue(lines.get(0).contains(word), () -> "'" + word + "' is not in: " + lines.get(0));
        }
        assertEquals(1, ended.output().size(), () -> "standard output: " + ended.output());
    }

    static void assertBypasses(Ended ended) {
        assertEquals("open", ended.target().path("state").asText());
        assertTrue(ended.bypassed() > 0, "nothing was bypassed");
        ended.assertAgentAgrees();
    }
}

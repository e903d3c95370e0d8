package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recording over the whole life of a proxy under contention says the same as the exact counters, and who was in the way. */
class RecordingIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 500;
    private static final int ROUNDS = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void itsSumsAreTheCounters(Jdk jdk) throws IOException, InterruptedException {
        Path recording = folder.resolve("bypass.jfr");
        Ended ended;
        try (RunningProxy proxy = recorded(jdk, "bypass", recording).start()) {
            ended = proxy.load(0, CLIENTS, REQUESTS).load(1, CLIENTS, REQUESTS).stop();
        }
        ended.assertServed();
        ended.assertAgentAgrees();
        assertEquals("", ended.errors());
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        assertTrue(ended.bypassed() > 0, "nothing was bypassed");
        assertEquals(ended.bypassed(), sum(events, "wake", "bypassed"), "bypassed");
        assertEquals(ended.count("wakes") - ended.count("wakeLocks"), sum(events, "wake", "bypassed"), "wakes without a lock");
        assertEquals(ended.count("wakeLocks"), sum(events, "wake", "acquired"), "wake locks");
        assertEquals(ended.count("getLocks"), sum(events, "get", "acquired"), "get locks");
        assertEquals(ended.count("insertLocks"), sum(events, "insert", "acquired"), "insert locks");
        assertEquals(ended.count("tryLocksWon"), sum(events, "takeover", "acquired"), "takeover locks");
        assertTrue(of(events, "GateState").stream().anyMatch(gate -> gate.getString("state").equals("open")), "a gate that is open");
        assertTrue(of(events, "Rewrite").stream().anyMatch(rewrite -> rewrite.getString("target").equals("sample-proxy")
                && rewrite.getString("outcome").equals("woven") && rewrite.getInt("sites") > 0), "the sample's target, woven");
        assertTrue(of(events, "AgentSettings").stream().anyMatch(settings -> settings.getString("mode").equals("bypass")
                && settings.getString("targets").equals("sample-proxy")), "the agent's settings, although its chunk began before the agent did");
        assertEquals(List.of(), of(events, "Violation"));
    }

    /** The thief wakes the former owner while it holds its lock, so the former owner runs straight into it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void itNamesWhoHeldTheLock(Jdk jdk) throws IOException, InterruptedException {
        Path recording = folder.resolve("observe.jfr");
        Ended ended;
        try (RunningProxy proxy = recorded(jdk, "observe", recording).proxy("--wake-inside-lock").start()) {
            ended = loadedForLong(proxy).stop();
        }
        ended.assertServed();
        assertEquals("", ended.errors());
        List<RecordedEvent> waits = of(RecordingFile.readAllEvents(recording), "LockContention");
        List<RecordedEvent> owned = waits.stream().filter(wait -> wait.getThread("previousOwner") != null).toList();
        assertFalse(owned.isEmpty(), () -> "no previous owner in " + waits.size() + " waits");
        for (RecordedEvent wait : owned) {
            assertTrue(wait.getThread("previousOwner").getJavaName().matches("loop-\\d+"), wait::toString);
            assertTrue(wait.getThread().getJavaName().matches("loop-\\d+"), wait::toString);
            assertEquals(wait.getThread("previousOwner").getJavaName(), wait.getString("previousOwnerName"));
        }
        for (RecordedEvent wait : waits) {
            assertTrue(agentFramesOnTop(wait) <= 2, wait::toString);
            assertTrue(topOfProxy(wait).getMethod().getType().getName().startsWith("sample.proxy."), wait::toString);
        }
    }

    /** Each insert and attach, and each wake that came after its connection was taken over, one event each; the proxy counts them, too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void itHoldsEachMarkAndStaleWake(Jdk jdk) throws IOException, InterruptedException {
        Path recording = folder.resolve("detailed.jfr");
        Ended ended;
        try (RunningProxy proxy = recorded(jdk, "bypass", recording, "usr1-level=detailed").start()) {
            ended = proxy.load(0, CLIENTS, REQUESTS).stop();
        }
        ended.assertServed();
        ended.assertAgentAgrees();
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        assertEquals(0, of(events, "PoolStatistics").stream().mapToInt(row -> row.getInt("droppedEvents")).sum(), "dropped");
        assertEquals(ended.count("insertsOffered"), of(events, "Insert").size(), "inserts");
        assertEquals(ended.count("requests"), of(events, "Attach").size(), "attaches");
        assertEquals(ended.count("staleWakes"), of(events, "StaleWake").size(), "stale wakes");
        Set<Long> inserted = of(events, "Insert").stream().map(insert -> insert.getLong("carrier")).collect(Collectors.toSet());
        assertTrue(of(events, "StaleWake").stream().allMatch(wake -> inserted.contains(wake.getLong("carrier"))), "only what was inserted can be taken over");
    }

    private ProxyCommand recorded(Jdk jdk, String mode, Path recording, String... more) throws IOException {
        return new ProxyCommand(jdk, folder, mode).agent(mode)
                .jvm("-XX:StartFlightRecording:filename=" + recording + ",settings=default,settings=" + settings()
                        + Stream.of(more).map(option -> "," + option).collect(Collectors.joining()))
                .proxy("--loops", "4", "--maxconn", "4", "--lock", "reentrant");
    }

    /** The settings that come with the agent, but for the threshold: here every wait counts, however short. */
    private Path settings() throws IOException {
        try (JarFile jar = new JarFile(ProxyCommand.AGENT.toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry("META-INF/usr1/io/usr1/events/usr1.jfc"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.contains(">10 us<"), text);
            return Files.writeString(folder.resolve("usr1.jfc"), text.replace(">10 us<", ">0 ns<"));
        }
    }

    /** No single wait is promised; every round brings several, also on two cores. */
    private static RunningProxy loadedForLong(RunningProxy proxy) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            proxy.load(round, CLIENTS, REQUESTS);
        }
        return proxy;
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals("io.usr1." + name)).toList();
    }

    private static long sum(List<RecordedEvent> events, String role, String counter) {
        return of(events, "PoolStatistics").stream().filter(row -> row.getString("role").equals(role)).mapToLong(row -> row.getInt(counter)).sum();
    }

    private static long agentFramesOnTop(RecordedEvent wait) {
        return wait.getStackTrace().getFrames().stream().takeWhile(RecordingIT::ofAgent).count();
    }

    private static RecordedFrame topOfProxy(RecordedEvent wait) {
        return wait.getStackTrace().getFrames().stream().dropWhile(RecordingIT::ofAgent).findFirst().orElseThrow();
    }

    private static boolean ofAgent(RecordedFrame frame) {
        return frame.getMethod().getType().getName().startsWith("io.usr1.");
    }
}

package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code usr1.events} and {@code usr1.statistics.period} are a limit on what recordings ask for, here on one that asks for everything. */
class RecordedAtMostIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();
    private static final Set<String> PER_OPERATION = Set.of("Attach", "Insert", "LockAcquisition", "Takeover");
    private static final int LOOKS = 400;

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void whatComesOnceAnOperationIsThereUnlessItIsWithheld(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = recorded(jdk)) {
            Map<String, Long> all = recording(jvm, events -> events.keySet().containsAll(PER_OPERATION) && events.containsKey("PoolStatistics"));
            assertTrue(all.keySet().containsAll(PER_OPERATION), all::toString);
        }
        try (Driven jvm = recorded(jdk, "-Dusr1.events=default")) {
            Map<String, Long> some = recording(jvm, events -> events.containsKey("PoolStatistics") && events.containsKey("GateState"));
            assertTrue(some.containsKey("PoolStatistics") && some.containsKey("GateState"), some::toString);
            Set<String> withheld = new TreeSet<>(some.keySet());
            withheld.retainAll(PER_OPERATION);
            assertEquals(Set.of(), withheld);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void offLeavesFlightRecorderAlone(Jdk jdk) throws IOException, InterruptedException {
        Path file = folder.resolve("off.jfr");
        try (Driven jvm = recorded(jdk, "-Dusr1.events=off")) {
            assertEquals(0, Forked.run(new ProcessBuilder(jdk.tool("jcmd"), jvm.pid(), "JFR.dump", "filename=" + file), folder).code());
            assertTrue(events(file).keySet().stream().noneMatch(name -> !name.startsWith("jdk.")), () -> "events of ours");
            assertTrue(events(file).containsKey("jdk.CPULoad") || events(file).containsKey("jdk.JVMInformation"), "the JVM's own");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void statisticsComeNoMoreOftenThanIsAllowed(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = recorded(jdk)) {
            Map<String, Long> often = recording(jvm, events -> events.getOrDefault("PoolTotals", 0L) > 1);
            assertTrue(often.get("PoolTotals") > 1, often::toString);
        }
        try (Driven jvm = recorded(jdk, "-Dusr1.statistics.period=60m")) {
            Map<String, Long> seldom = recording(jvm, events -> events.getOrDefault("jdk.CPULoad", 0L) > 3 && events.containsKey("PoolStatistics"));
            assertTrue(seldom.get("jdk.CPULoad") > 3, seldom::toString);
            assertTrue(seldom.getOrDefault("PoolTotals", 0L) <= 1, seldom::toString);
            assertTrue(seldom.get("PoolStatistics") > 0, "what happened is there all the same, at a chunk's end: " + seldom);
        }
    }

    /** The pool has been used, and the gate is open if the agent is heard of. */
    private Driven recorded(Jdk jdk, String... options) throws IOException, InterruptedException {
        assertEquals(0, AgentJar.run(jdk, "jfc", folder.toString()).exit());
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 2, options.length);
        all[0] = "-javaagent:" + AgentJarIT.JAR + "=counters=exact,targets=" + TARGET;
        all[1] = "-XX:StartFlightRecording:settings=default,settings=" + folder.resolve("usr1-detailed.jfc");
        Driven jvm = new Driven(jdk, folder, all);
        jvm.say("use");
        jvm.seen(state -> state.contains("open"));
        return jvm;
    }

    /** Events by kind, ours without what all of ours begin with, once they are as is waited for; the pool goes on being used. */
    private Map<String, Long> recording(Driven jvm, Predicate<Map<String, Long>> wanted) throws IOException, InterruptedException {
        Map<String, Long> found = Map.of();
        Path recording = folder.resolve("diag.jfr");
        for (int i = 0; i < LOOKS && !wanted.test(found); i++) {
            jvm.say("use");
            Path zip = folder.resolve("diag.zip");
            assertEquals(0, jvm.command("diag", jvm.pid(), zip.toString()).code());
            try (ZipFile packed = new ZipFile(zip.toFile())) {
                Files.write(recording, packed.getInputStream(packed.getEntry("recording.jfr")).readAllBytes());
            }
            found = events(recording);
        }
        return found;
    }

    private static Map<String, Long> events(Path recording) throws IOException {
        return RecordingFile.readAllEvents(recording).stream().map(RecordedEvent::getEventType).map(type -> type.getName().replace("io.usr1.", ""))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}

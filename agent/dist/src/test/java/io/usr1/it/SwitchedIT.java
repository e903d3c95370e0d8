package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Switched by system properties in the running JVM: each change is a log line and an event, and nothing of it opens a port. */
class SwitchedIT {

    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();
    private static final String LISTENS = "0A";
    private static final int LOOKS = 40;

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void eachChangeIsALineAndAnEvent(Jdk jdk) throws IOException, InterruptedException {
        Path log = folder.resolve("agent.log");
        try (Driven jvm = new Driven(jdk, folder, "-javaagent:" + AgentJarIT.JAR, "-Dusr1.targets=" + TARGET, "-Dusr1.mode=bypass", "-Dusr1.log=info", "-Dusr1.log.file=" + log)) {
            jvm.say("use");
            assertTrue(jvm.seen(state -> state.contains("open")).contains("open"));
            assertEquals(Set.of(), ports(jvm.pid()), "ports that the JVM listens at");

            assertEquals(0, jvm.command("jfc", folder.toString()).code());
            Forked started = Forked.run(new ProcessBuilder(jdk.tool("jcmd"), jvm.pid(), "JFR.start", "name=usr1", "settings=" + folder.resolve("usr1.jfc")), folder);
            assertEquals(0, started.code(), started::toString);
            assertEquals("bypass", jvm.say("set usr1.mode audit"));
            assertTrue(jvm.seen(state -> state.contains("shut")).contains("shut"));
            awaitEvent(jvm, "audit", "shut");
            assertEquals("audit", jvm.say("set usr1.mode bypass"));
            assertTrue(jvm.seen(state -> state.contains("open")).contains("open"), "without a new start");
            awaitEvent(jvm, "bypass", "open");
            jvm.say("set usr1.mode bypas");
            for (int i = 0; i < LOOKS * LOOKS && !Files.readString(log).contains("bypas'"); i++) {
                Thread.sleep(LOOKS);
            }
            assertEquals(List.of("info: target pool in loader app: mode audit, gate shut", "info: target pool in loader app: mode bypass, gate open",
                    "error: usr1.mode is 'bypas'; expected off, observe, audit or bypass; the mode stays bypass"),
                    Files.readAllLines(log).stream().map(line -> line.replaceFirst("^usr1-agent \\S+ ", "")).filter(line -> line.contains("mode audit, ") || line.contains("mode bypass, gate open")
                            || line.contains("bypas'")).toList(), () -> "all of the log: " + lines(log));
            assertEquals(List.of(), jvm.errors());
        }
    }

    /** One agent is enough, whichever way the second comes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.usr1.testing.Jdks#stream")
    void theSecondOfTwoIsNotUsed(Jdk jdk) throws IOException, InterruptedException {
        String agent = "-javaagent:" + AgentJarIT.JAR + "=counters=exact,targets=" + TARGET;
        try (Driven jvm = new Driven(jdk, folder, agent, agent)) {
            jvm.say("use");
            assertTrue(jvm.seen(state -> state.contains("open")).contains("open"));
            assertEquals("handled=201 woken=1", jvm.say("use"));
            assertEquals(List.of("usr1-agent: this JVM was given the agent twice, and the first is there; the application runs without it"), jvm.errors());
        }
    }

    /** What {@code diag} finds in the recording, until it is there. */
    private void awaitEvent(Driven jvm, String mode, String state) throws IOException, InterruptedException {
        List<String> found = List.of();
        for (int i = 0; i < LOOKS && !found.contains(mode + " " + state); i++) {
            Path zip = folder.resolve("diag.zip");
            assertEquals(0, jvm.command("diag", jvm.pid(), zip.toString()).code());
            Path recording = folder.resolve("diag.jfr");
            try (ZipFile packed = new ZipFile(zip.toFile())) {
                Files.write(recording, packed.getInputStream(packed.getEntry("recording.jfr")).readAllBytes());
            }
            found = RecordingFile.readAllEvents(recording).stream().filter(event -> event.getEventType().getName().equals("io.usr1.GateState"))
                    .map(SwitchedIT::told).toList();
        }
        assertTrue(found.contains(mode + " " + state), found::toString);
    }

    private static String told(RecordedEvent gate) {
        return gate.getString("mode") + " " + gate.getString("state");
    }

    /** Where a process listens, as Linux tells; elsewhere it cannot be seen, and this finds none. */
    private static Set<String> ports(String pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        Path process = Path.of("/proc", pid);
        if (!Files.isDirectory(process)) {
            return sockets;
        }
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            for (Path file : files.toList()) {
                String link = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
                if (link.startsWith("socket:[")) {
                    sockets.add(link.substring("socket:[".length(), link.length() - 1));
                }
            }
        }
        Set<String> ports = new HashSet<>();
        for (String protocol : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(process.resolve("net").resolve(protocol))) {
                String[] columns = line.strip().split(" +");
                if (columns.length > 9 && columns[3].equals(LISTENS) && sockets.contains(columns[9])) {
                    ports.add(columns[1]);
                }
            }
        }
        return ports;
    }

    private static String lines(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

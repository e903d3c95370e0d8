package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code doctor} and {@code diag}, of JVMs that run. */
class DoctorIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void saysWhatCouldBeDoneAndDoesNothing(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder, "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0,quiet=y")) {
            Forked doctor = jvm.command("doctor", jvm.pid(), "--target", TARGET);
            assertEquals(0, doctor.code(), doctor::toString);
            assertRow(doctor, "java +" + jdk.feature() + ".*");
            assertRow(doctor, "runs +org\\.example\\.pool\\.Driver");
            assertRow(doctor, "other agents +-agentlib:jdwp=.*");
            assertRow(doctor, "flight recorder +no recording runs");
            assertRow(doctor, "usr1-agent +not there");
            assertRow(doctor, "target pool +all 4 sites can be woven");

            Path refused = Files.writeString(folder.resolve("refused.yaml"), Files.readString(Path.of(TARGET)).replace("omit: [ Wake#counted ]", "omit: []"));
            Forked bad = jvm.command("doctor", jvm.pid(), "--target", refused.toString());
            assertEquals(1, bad.code());
            assertRow(bad, "target pool +org\\.example\\.pool\\.Wake#wake, line \\d+: found a (call|write) of .*");
            assertRow(bad, " +to do: .+");
            assertNo(jvm.command("diag", jvm.pid()), "usr1-agent: the agent is not in process " + jvm.pid() + ", so there is nothing to write");
            assertEquals(List.of(), jvm.errors(), "the JVM has noticed nothing");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void saysHowTheAgentIsAndPacksWhatItKnows(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder, "-javaagent:" + AgentJarIT.JAR + "=targets=" + TARGET, "-XX:StartFlightRecording:name=mine")) {
            Forked early = jvm.command("doctor", jvm.pid());
            assertRow(early, "usr1-agent +started with the JVM");
            assertRow(early, "flight recorder +Recording 1: name=mine .*running.*");
            jvm.say("use");
            jvm.seen(state -> state.contains("open"));
            Forked doctor = jvm.command("doctor", jvm.pid());
            assertEquals(0, doctor.code(), doctor::toString);
            assertRow(doctor, "usr1-agent +version .*, mode bypass");
            assertRow(doctor, "usr1-agent +target pool in loader app: open");
            assertRow(doctor, "target pool +all 4 sites can be woven");

            Path zip = folder.resolve("diag.zip");
            Forked diag = jvm.command("diag", jvm.pid(), zip.toString());
            assertEquals(List.of("written to " + zip), diag.out(), diag::toString);
            try (ZipFile packed = new ZipFile(zip.toFile())) {
                TreeSet<String> names = packed.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
                assertTrue(names.containsAll(List.of("settings.txt", "decisions.txt", "counters.json", "recording.jfr",
                        "classes/1/before/org.example.pool.Wake.class", "classes/1/after/org.example.pool.Wake.class")), names::toString);
                assertFalse(java.util.Arrays.equals(bytes(packed, "classes/1/before/org.example.pool.Wake.class"), bytes(packed, "classes/1/after/org.example.pool.Wake.class")));
                assertTrue(new String(bytes(packed, "decisions.txt")).startsWith("target pool in loader app: open"));
            }
            assertFalse(Files.exists(folder.resolve("diag.zip.jfr")), "nothing is left beside it");
        }
    }

    private static byte[] bytes(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }

    private static void assertRow(Forked forked, String row) {
        assertTrue(forked.out().stream().anyMatch(line -> line.matches(row)), () -> row + " is not in\n" + String.join("\n", forked.out()) + forked.err());
    }

    private static void assertNo(Forked forked, String sentence) {
        assertEquals(List.of(sentence), forked.err());
        assertEquals(1, forked.code());
    }
}

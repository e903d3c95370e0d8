package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command as a user runs it, on recordings of the events as they are. */
class ReportIT {

    @TempDir private Path folder;

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void comparesBeforeAndAfter(Jdk jdk) throws Exception {
        Path before = recorded(jdk, "OBSERVE");
        Path after = recorded(jdk, "BYPASS");
        Path page = folder.resolve("page.html");
        AgentJar.Run run = AgentJar.run(jdk, "report", before.toString(), after.toString(), "--html", page.toString());
        assertEquals(0, run.exit(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().matches("(?s).*fixture +wake +\\S+OBSERVE.jfr +1000 .* 0 +0.0 % +800 .*fixture +wake +\\S+BYPASS.jfr +200 .* 800 +80.0 % +0 .*"), run.out());
        assertTrue(run.out().contains("Needless wake locks: 800 of 1000 (80.0 %"), run.out());
        assertTrue(run.out().contains("800 of 1000 wakes bypassed the lock (80.0 %)"), run.out());
        assertTrue(run.out().contains("The page with plots is " + page), run.out());
        String html = Files.readString(page);
        assertEquals(2, html.split("<svg ", -1).length - 1, "nobody waited, so only the bypass ratios are drawn");
        assertTrue(html.contains("Needless wake locks: 800 of 1000 (80.0 %"), html);
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void printsJsonAndNothingElse(Jdk jdk) throws Exception {
        AgentJar.Run run = AgentJar.run(jdk, "report", "--json", recorded(jdk, "OBSERVE").toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().startsWith("{") && run.out().strip().endsWith("}"), run.out());
        assertTrue(run.out().contains("\"needless\" : 800") && run.out().contains("\"kind\" : \"bypass\""), run.out());
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void refusesInOneSentence(Jdk jdk) throws Exception {
        Path text = Files.writeString(folder.resolve("text.jfr"), "no recording");
        AgentJar.Run run = AgentJar.run(jdk, "report", text.toString());
        assertEquals(2, run.exit());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith(text + ": "), run.err());
        AgentJar.Run unwritable = AgentJar.run(jdk, "report", recorded(jdk, "OBSERVE").toString(), "--html", folder.resolve("no/such/page.html").toString());
        assertEquals(2, unwritable.exit());
        assertEquals(1, unwritable.err().lines().count(), unwritable.err());
    }

    /** Each event is read and forgotten. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void needsLittleMemoryForManyEvents(Jdk jdk) throws Exception {
        Path file = recorded(jdk, "OBSERVE", "1200000");
        assertTrue(Files.size(file) > 50_000_000, Files.size(file) + " bytes");
        AgentJar.Run run = AgentJar.java(jdk, "-Xmx64m", "-jar", AgentJarIT.JAR, "report", "--json", file.toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("\"acquired\" : 1200000"), run.out());
    }

    private Path recorded(Jdk jdk, String mode) throws Exception {
        return recorded(jdk, mode, "1000");
    }

    private Path recorded(Jdk jdk, String mode, String wakes) throws Exception {
        Path file = folder.resolve(mode + ".jfr");
        AgentJar.Run run = AgentJar.java(jdk, "-cp", System.getProperty("java.class.path"), WakesMain.class.getName(), mode, file.toString(), wakes);
        assertEquals(0, run.exit(), run.err());
        return file;
    }
}

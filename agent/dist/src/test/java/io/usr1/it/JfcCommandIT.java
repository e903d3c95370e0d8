package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings files as a user gets at them, given to a JVM as a user gives them. */
class JfcCommandIT {

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void writesFilesThatAJvmStartsARecordingWith(Jdk jdk, @TempDir Path folder) throws Exception {
        AgentJar.Run run = AgentJar.run(jdk, "jfc", folder.toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("settings=default,settings=" + folder.resolve("usr1.jfc")), run.out());
        for (String name : new String[] {"usr1.jfc", "usr1-detailed.jfc"}) {
            AgentJar.Run recorded = AgentJar.java(jdk, "-XX:StartFlightRecording:settings=default,settings=" + folder.resolve(name)
                    + ",usr1-level=detailed,usr1-threshold=1ms,filename=" + folder.resolve("r.jfr"), "-version");
            assertEquals(0, recorded.exit(), recorded.err());
            assertEquals("", recorded.out().lines().filter(line -> line.contains("warning")).reduce("", String::concat));
        }
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void doesNotWriteOverAFileOfTheUsers(Jdk jdk, @TempDir Path folder) throws Exception {
        Path own = Files.writeString(folder.resolve("usr1.jfc"), "mine");
        AgentJar.Run run = AgentJar.run(jdk, "jfc", folder.toString());
        assertEquals(2, run.exit());
        assertTrue(run.err().startsWith(own + ": there is such a file with other contents"), run.err());
        assertEquals("mine", Files.readString(own));
        assertEquals(0, AgentJar.run(jdk, "jfc", "--force", folder.toString()).exit());
        assertEquals(0, AgentJar.run(jdk, "jfc", folder.toString()).exit(), "what it wrote itself is no obstacle");
        assertEquals(2, AgentJar.run(jdk, "jfc", folder.resolve("nowhere").toString()).exit());
    }
}

package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BareIT {

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void withoutTheModuleNothingIsRecordedAndNothingFails(Jdk jdk, @TempDir Path folder) throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        Map<String, String> found = new Fork(jdk)
                .options("--limit-modules", "java.base,java.instrument", "-Xlog:class+load:file=" + loaded).run(BareMain.class);
        assertWorks(found, "This JVM has no module jdk.jfr, so no events are recorded; ");
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("io.usr1.events.Events "), "class loading is not logged as this test expects");
        assertFalse(classes.contains("io.usr1.events.Recorder"), "linked without its module");
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void withFlightRecorderSwitchedOffNothingIsRecordedAndNothingFails(Jdk jdk) throws Exception {
        Map<String, String> found = new Fork(jdk).options("-XX:-FlightRecorder").run(BareMain.class);
        assertWorks(found, "Flight Recorder is switched off in this JVM, so no events are recorded; ");
    }

    private static void assertWorks(Map<String, String> found, String why) {
        assertEquals("true", found.get("held"), found.get("output"));
        assertEquals("0", found.get("before"));
        String[] log = found.get("log").split("\n");
        assertEquals(2, log.length, found.get("output"));
        assertTrue(log[0].startsWith(why), log[0]);
        assertTrue(log[1].startsWith("Target fixture is not safe to bypass: at Mux#wake"), log[1]);
    }
}

package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LateIT {

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void aRecordingStartedLaterExplainsItselfAndCountsOnlyItsOwnTime(Jdk jdk, @TempDir Path folder) throws Exception {
        Map<String, String> found = new Fork(jdk).withAgent(folder).run(LateMain.class);
        assertEquals("[]", found.get("eventClassesBefore"), "an event class costs 100 ms of a start without recording");
        assertTrue(found.get("eventClassesAfter").contains("LockContention"), "loaded classes are not listed as this test expects");

        assertEquals("[1.2.3|audit|exact|fixture]", found.get("settings"));
        assertEquals("[fixture|woven|null, other|refused|Pool#get has no lock, third|woven|null]", found.get("rewrites"));
        assertEquals("[audit|shut|usr1.mode is audit, bypass|waiting|the woven classes are not initialised yet]", found.get("states"));
        assertEquals("[bypass|shut|a class was redefined]", found.get("statesLater"));
        assertEquals(found.get("statesLater"), found.get("statesUnchanged"));
        assertEquals("[Mux#wake|conn.inList|1|0]", found.get("violations"));
        assertEquals("1", found.get("acquired"));
        assertEquals(1, found.get("log").lines().count(), "one line a kind of violation");
        assertTrue(found.get("log").startsWith("Target fixture is not safe to bypass: at Mux#wake (wake), under the lock, "
                + "conn.inList was 1; a clear flag and the bypass rest on 0."), found.get("log"));

        assertEquals("1", found.get("acquiredBeforeClose"));
        assertEquals("0", found.get("before.closed"));
        assertEquals("0", found.get("typesLeft"));
    }
}

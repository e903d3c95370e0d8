package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UncontendedIT {

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void noEventIsMadeAndNoClockIsReadInVain(Jdk jdk) throws Exception {
        Map<String, String> found = new Fork(jdk).run(UncontendedMain.class);
        assertEquals("0", found.get("before.unrecorded"), found.get("output"));
        assertEquals("0", found.get("before.disabled"));
        assertEquals("true", found.get("before.enabled"));
        assertEquals("0", found.get("before.off"));
        // An event for each would be 48,000 bytes or more; a stall of the machine uses one up and makes one new.
        assertTrue(Long.parseLong(found.get("bytesPerThousand")) < 1000, found.get("output"));
        assertEquals("0", found.get("eventsOfTheLock"), found.get("output"));
        assertEquals("0", found.get("unexplainedEvents"), found.get("output"));
        assertEquals("1", found.get("acquisitions"));
    }
}

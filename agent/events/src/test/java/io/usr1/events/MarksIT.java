package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.runtime.Flag;
import io.usr1.testing.Jdks.Jdk;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarksIT {

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void areRecordedForWhoAsksAndForNobodyElse(Jdk jdk) throws Exception {
        Map<String, String> found = new Fork(jdk).run(MarksMain.class);
        assertEquals("0", found.get("unasked"), found.get("output"));
        assertEquals("0", found.get("afterwards"), found.get("output"));
        assertTrue(Long.parseLong(found.get("bytesPerThousand")) < 1000, found.get("output"));
        assertEquals(String.valueOf(Flag.CLEAR), found.get("flag"));
        String carrier = ", fixture, app, io.usr1.events.MarksMain$Marked, " + found.get("identity");
        assertEquals("Insert" + carrier + "\nStale Wake" + carrier + ", wake, Mux#wake\nAttach" + carrier, found.get("event"));
        assertEquals("500", found.get("together"), "written or counted as dropped: " + found.get("output"));
        assertTrue(Long.parseLong(found.get("written")) < 500, found.get("output"));
    }
}

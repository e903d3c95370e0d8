package sample.bench.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork whose wakes were not what was to be measured gives no result. */
class CountsTest {

    private static final String COUNTERS = """
            {"targets": [{"target": "wake-bench", "state": "%s", "reason": null, "bypassed": 2000, "violations": 0, "sites": [
              {"role": "wake", "method": "a", "acquired": 3}, {"role": "set", "method": "b", "acquired": 50}, {"role": "wake", "method": "c", "acquired": 4}]}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void allThreadsAndAllWakesAreCountedAndNothingElse() throws IOException {
        assertEquals(new Counts(3_000, 2_000, 7), read("open"));
    }

    @Test
    void aGateThatIsShutIsNoResult() {
        assertEquals("the agent says 'shut' (null), and not that the gate is open", assertThrows(IOException.class, () -> read("shut")).getMessage());
    }

    @Test
    void aClearFlagMustBypassAndASetOneMustLock() {
        assertNull(new Counts(3_000, 0, 0).complaint("busy", Variant.WOVEN, 1));
        assertNull(new Counts(3_000, 2_000, 0).complaint("busy", Variant.CHEAP, 1));
        assertNull(new Counts(3_000, 3_000, 0).complaint("robbed", Variant.EXACT, 2));
        assertNull(new Counts(3_000, 0, 3_000).complaint("idle", Variant.EXACT, 1));
        assertEquals("of 3000 wakes 3000 took the lock; it should be none", new Counts(3_000, 0, 3_000).complaint("busy", Variant.WOVEN, 1));
        assertEquals("of 3000 wakes 0 took the lock; it should be all", new Counts(3_000, 3_000, 0).complaint("set", Variant.EXACT, 1));
        assertEquals("of 3000 wakes 1975 were counted as bypassed; it should be from 1976 to 3000", new Counts(3_000, 1_975, 0).complaint("busy", Variant.CHEAP, 1));
        assertEquals("of 3000 wakes 2999 were counted as bypassed; it should be from 3000 to 3000", new Counts(3_000, 2_999, 0).complaint("busy", Variant.EXACT, 1));
        assertEquals("there was no wake", new Counts(0, 0, 0).complaint("busy", Variant.CHEAP, 1));
    }

    private Counts read(String state) throws IOException {
        Path wakes = Files.writeString(folder.resolve("wakes"), "1000\n2000\n");
        return Counts.read(wakes, Files.writeString(folder.resolve("counters.json"), COUNTERS.formatted(state)));
    }
}

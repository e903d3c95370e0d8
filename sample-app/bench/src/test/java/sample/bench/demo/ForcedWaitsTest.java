package sample.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForcedWaitsTest {

    @TempDir
    private Path folder;

    @Test
    void waitsThatNameNobodyAreRed() throws IOException {
        ForcedWaits waits = recorded(new Wait(null), new Wait(null));
        assertEquals(new ForcedWaits(true, 2, 0), waits);
        assertFalse(waits.holds());
        assertEquals("RED  forced contention is recorded with who held the lock  (0 of 2 waits)", waits.toString());
    }

    @Test
    void oneThatDoesIsEnough() throws IOException {
        ForcedWaits waits = recorded(new Wait(null), new Wait(Thread.currentThread()));
        assertEquals(new ForcedWaits(true, 2, 1), waits);
        assertTrue(waits.holds());
    }

    @Test
    void anAgentThatSeesNoWaitIsRed() throws IOException {
        assertFalse(recorded(new Statistics()).holds());
    }

    /** The demo's own tests run it with a stub for the agent. */
    @Test
    void nothingIsAskedOfWhatIsNoAgent() throws IOException {
        assertTrue(recorded().holds());
    }

    private ForcedWaits recorded(Event... events) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            for (Event event : events) {
                event.commit();
            }
            recording.stop();
            recording.dump(file);
        }
        return ForcedWaits.in(file);
    }

    @Name("io.usr1.LockContention")
    private static final class Wait extends Event {

        @SuppressWarnings("unused") // Flight Recorder reads it.
        private final Thread previousOwner;

        Wait(Thread previousOwner) {
            this.previousOwner = previousOwner;
        }
    }

    @Name("io.usr1.PoolStatistics")
    private static final class Statistics extends Event {
    }
}

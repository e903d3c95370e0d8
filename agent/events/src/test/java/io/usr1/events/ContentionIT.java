package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentionIT {

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void everyLongWaitIsOneEventThatNamesTheHolder(Jdk jdk, @TempDir Path folder) throws Exception {
        Map<String, String> found = new Fork(jdk).withAgent(folder).run(ContentionMain.class);
        assertFalse(found.containsKey("log"), found.get("output"));
        assertEquals("3", found.get("events"), found.get("output"));

        long waited = Long.parseLong(found.get("wake.nanos"));
        assertTrue(waited > 0);
        assertTrue(waited < Long.parseLong(found.get("wake.waitedNanos")) + Long.parseLong(found.get("wake.heldNanos")) / 2,
                "the time that the lock was held is in the wait: " + found.get("output"));
        assertEquals("Mux#wake", found.get("wake.site"));
        assertEquals("the holder", found.get("wake.owner"));
        assertEquals("the holder", found.get("wake.ownerName"));
        assertEquals(found.get("wake.ownerId"), found.get("wake.previousOwnerId"));
        assertEquals("0", found.get("wake.queue"));
        assertEquals("false", found.get("wake.inside"));
        assertEquals(found.get("wake.identity"), found.get("wake.address"));
        assertEquals("java.util.concurrent.locks.ReentrantLock", found.get("wake.class"));
        assertEquals("wake", found.get("wake.frame"));
        assertTrue(Integer.parseInt(found.get("wake.agentFrames")) <= 2, found.get("output"));

        assertEquals("insert", found.get("wake.ownerRole"));
        assertEquals("Pool#insert", found.get("wake.ownerSite"));
        assertEquals("ReentrantLock@" + Integer.toHexString(Integer.parseInt(found.get("wake.identity"))), found.get("wake.pool"));
        assertEquals("0", found.get("wake.hold"));
        assertEquals("[]", found.get("takeovers"));

        assertTrue(Long.parseLong(found.get("get.nanos")) > 0);
        assertEquals("none", found.get("get.owner"));
        assertEquals("0", found.get("get.previousOwnerId"));
        assertEquals("-1", found.get("get.queue"));
        assertEquals("true", found.get("get.inside"));
        assertEquals("java.lang.Object", found.get("get.class"));
        assertTrue(Integer.parseInt(found.get("get.agentFrames")) <= 2, found.get("output"));

        assertEquals("the late holder", found.get("takeover.ownerName"));
        if (jdk.feature() == 17) {
            assertEquals("none", found.get("takeover.owner"), "the name is a field because JFR here forgets threads that ended");
        }
    }

    /** What joins them: the lock, and the thread that the wait names. */
    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void detailedSaysHowLongEachHeldItAndJoinsWaiterAndHolder(Jdk jdk, @TempDir Path folder) throws Exception {
        Map<String, String> found = new Fork(jdk).withAgent(folder).run(ContentionMain.class, "detailed");
        assertFalse(found.containsKey("log"), found.get("output"));
        assertEquals("3", found.get("events"), found.get("output"));
        assertEquals("true", found.get("acquired.wake.contended"), found.get("output"));
        assertEquals("false", found.get("acquired.insert.contended"));
        assertEquals(found.get("acquired.insert.pool"), found.get("wake.pool"));
        assertEquals(found.get("acquired.insert.thread"), found.get("wake.previousOwnerId"));
        long all = Long.parseLong(found.get("wake.allNanos"));
        long hold = Long.parseLong(found.get("wake.hold"));
        // A tenth for the two clocks. Whatever held the thread up in between is in all of it.
        assertTrue(hold > 0 && hold + Long.parseLong(found.get("wake.nanos")) <= all + all / 10, "it begins where the wait ends: " + found.get("output"));
        assertTrue(Long.parseLong(found.get("acquired.insert.nanos")) >= Long.parseLong(found.get("wake.nanos")) / 2, found.get("output"));
        assertEquals("false", found.get("acquired.wake.inside"));
        assertEquals("true", found.get("acquired.get.inside"), "its unlock is not woven");
        assertEquals("0", found.get("get.hold"));
        assertEquals("[Pool#takeover]", found.get("takeovers"));
    }
}

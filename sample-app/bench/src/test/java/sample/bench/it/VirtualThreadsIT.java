package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loops on virtual threads that sleep while they hold a lock, all on one carrier thread: one of ours that waited without
 * letting go of it would stop them all for good.
 */
class VirtualThreadsIT {

    @TempDir
    private Path folder;

    /** Not JDK 17, which has none; that 25 is there is seen to by {@link Jdks}. */
    static Stream<Arguments> locks() {
        return Jdks.stream().filter(jdk -> jdk.feature() >= 24).flatMap(jdk -> Stream.of("reentrant", "monitor").map(lock -> Arguments.of(jdk, lock)));
    }

    @ParameterizedTest(name = "{0} {1}", allowZeroInvocations = true)
    @MethodSource("locks")
    void waitIsRecordedAndNothingIsPinned(Jdk jdk, String lock) throws IOException, InterruptedException {
        Path jar = SmallPool.jar(folder, Map.of());
        Path plain = folder.resolve("plain.jfr");
        SmallRun.without(jdk, folder, command(jar, lock, plain, ""));
        Path recorded = folder.resolve("recorded.jfr");
        SmallRun ended = SmallRun.withAgent(jdk, folder, command(jar, lock, recorded, ",+io.usr1.LockContention#threshold=0ns"));
        ended.assertBypasses();

        List<RecordedEvent> pinned = of(recorded, "jdk.VirtualThreadPinned");
        assertTrue(pinned.size() <= of(plain, "jdk.VirtualThreadPinned").size(), pinned::toString);
        List<RecordedEvent> waits = of(recorded, "io.usr1.LockContention");
        assertFalse(waits.isEmpty(), "nobody waited");
        waits.forEach(VirtualThreadsIT::assertOfALoop);
        if (lock.equals("reentrant")) {
            List<RecordedEvent> owned = waits.stream().filter(wait -> wait.getThread("previousOwner") != null).toList();
            assertFalse(owned.isEmpty(), () -> "no previous owner in " + waits.size() + " waits");
            owned.forEach(VirtualThreadsIT::assertOwner);
        }
    }

    private static void assertOfALoop(RecordedEvent wait) {
        assertTrue(wait.getThread().getJavaName().matches("loop-\\d"), wait::toString);
        assertTrue(wait.<Boolean>getValue("eventThread.virtual"), wait::toString);
    }

    private static void assertOwner(RecordedEvent wait) {
        assertTrue(wait.getString("previousOwnerName").matches("loop-\\d"), wait::toString);
        assertEquals(wait.getString("previousOwnerName"), wait.getThread("previousOwner").getJavaName());
        assertEquals(wait.getLong("previousOwnerId"), wait.getThread("previousOwner").getJavaThreadId());
        assertNotEquals(wait.getThread().getJavaThreadId(), wait.getLong("previousOwnerId"), wait::toString);
    }

    private static List<RecordedEvent> of(Path recording, String type) throws IOException {
        return RecordingFile.readAllEvents(recording).stream().filter(event -> event.getEventType().getName().equals(type)).toList();
    }

    private static String[] command(Path jar, String lock, Path recording, String setting) {
        return new String[] {"-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-XX:StartFlightRecording:filename=" + recording + ",settings=default,jdk.VirtualThreadPinned#threshold=0ns" + setting,
            "-Dsmall.threads=virtual", "-Dsmall.lock=" + lock, "-cp", jar.toString(), SmallPool.MAIN};
    }
}

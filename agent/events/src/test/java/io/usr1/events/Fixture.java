package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What the main classes of forked JVMs share. */
final class Fixture {

    static final Gate GATE = Gates.create("fixture", "app", Mode.AUDIT);

    /** Long enough for any threshold in these tests; nothing depends on its being exact. */
    private static final long HOLD_NANOS = 2_000_000;

    private static Instrumentation instrumentation;

    private Fixture() {
    }

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    static void openOwners() {
        LockOwners.open(instrumentation).ifPresent(Fixture::log);
    }

    /** Loaded so far. */
    static List<String> eventClasses() {
        List<String> names = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (Event.class.isAssignableFrom(loaded) && loaded.getName().startsWith("io.usr1.")) {
                names.add(loaded.getSimpleName());
            }
        }
        return names;
    }

    static Events start(int eventsPerSecond) {
        return Events.start(new Options(() -> new Settings("1.2.3", "audit", "exact", "fixture"), eventsPerSecond, Fixture::log));
    }

    static void log(String line) {
        System.out.println("log=" + line);
    }

    static void print(String key, Object value) {
        System.out.println(key + "=" + value);
    }

    /** Holds the lock until the waiter is queued and a while longer. To be called with the lock held. */
    static void holdUntilQueued(ReentrantLock lock) {
        while (!lock.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        holdAWhile();
    }

    /** Lengthens a wait; orders nothing. */
    static void holdAWhile() {
        for (long start = System.nanoTime(); System.nanoTime() - start < HOLD_NANOS; ) {
            LockSupport.parkNanos(HOLD_NANOS);
        }
    }

    /** Our events in the recording so far, which is stopped. */
    static List<RecordedEvent> stop(Recording recording) throws IOException {
        recording.stop();
        Path file = Files.createTempFile("fork", ".jfr");
        try {
            recording.dump(file);
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    static List<RecordedEvent> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.usr1.")).toList();
    }

    static List<RecordedEvent> only(List<RecordedEvent> events, Class<?> type) {
        return events.stream().filter(event -> event.getEventType().getName().equals("io.usr1." + type.getSimpleName())).toList();
    }
}

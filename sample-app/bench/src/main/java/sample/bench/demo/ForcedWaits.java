package sample.bench.demo;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the recording of forced contention holds.
 *
 * @param ofAgent whether the agent wrote into it at all
 * @param waits   events of a wait
 * @param named   those of them that name the thread that held the lock
 */
record ForcedWaits(boolean ofAgent, long waits, long named) {

    private static final String EVENTS = "io.usr1.";
    private static final String OWNER = "previousOwner";

    static ForcedWaits in(Path recording) throws IOException {
        boolean ofAgent = false;
        long waits = 0;
        long named = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                String type = event.getEventType().getName();
                ofAgent |= type.startsWith(EVENTS);
                if (type.equals(EVENTS + "LockContention")) {
                    waits++;
                    named += event.hasField(OWNER) && event.getThread(OWNER) != null ? 1 : 0;
                }
            }
        }
        return new ForcedWaits(ofAgent, waits, named);
    }

    /** Whoever records forced contention and sees no holder would see none in an application. */
    boolean holds() {
        return !ofAgent || named > 0;
    }

    /** One line for the terminal. */
    @Override
    public String toString() {
        return "%s  forced contention is recorded with who held the lock  (%d of %d waits)".formatted(holds() ? "ok " : "RED", named, waits);
    }
}

package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.Test;

class EventsPageTest {

    @Test void docsSayWhatTheEventClassesSay() throws Exception {
        Chunks.EVENTS.forEach(FlightRecorder::register);
        String rendered = EventsPage.render(EventTypesTest.types().toList(), EventTypesTest.settingsFile("usr1.jfc"),
                EventTypesTest.settingsFile("usr1-detailed.jfc"));
        Path fresh = Files.writeString(Files.createDirectories(Path.of("target")).resolve("events.md"), rendered);
        Path page = root().resolve("docs/events.md");
        assertEquals(rendered, Files.exists(page) ? Files.readString(page) : "", page + " is not what the event classes say; copy " + fresh.toAbsolutePath() + " over it");
    }

    /** The tests may run in the module or at the root. */
    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}

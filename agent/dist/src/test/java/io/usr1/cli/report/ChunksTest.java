package io.usr1.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.findings.Finding;
import io.usr1.findings.Kind;
import io.usr1.testing.RecordingChunks;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks in any order, many of them, one that is missing its end: the last state by time counts, whatever comes last in the file. */
class ChunksTest {

    private static final List<String> FIELDS = List.of("target", "loader", "mode", "state", "reason");

    @TempDir private Path folder;

    @Test void theLastStateIsTheLastOneByItsTime() throws Exception {
        Path written = recording("waiting", "shut", "open");
        assertTrue(RecordingChunks.of(written).size() >= 3, "a chunk for each state");
        Path reversed = RecordingChunks.reversed(written, folder.resolve("reversed.jfr"));
        assertEquals("Every gate is open (1).", gates(written));
        assertEquals("Every gate is open (1).", gates(reversed));
        assertEquals(RecordingReader.read(written).findings(), RecordingReader.read(reversed).findings());
    }

    /** A JVM that runs for months writes the state of its gates into each chunk. */
    @Test void noNumberOfEarlierStatesHidesTheLast() throws Exception {
        String[] states = Stream.concat(Stream.generate(() -> "shut").limit(20_000), Stream.of("open")).toArray(String[]::new);
        assertEquals("Every gate is open (1).", gates(inOneChunk(states)));
    }

    /** Of several chunks some are whole: what is missing is not passed over in silence. */
    @Test void aLastChunkThatIsCutOffIsSaidSo() throws Exception {
        Path written = recording("shut", "open");
        List<byte[]> chunks = RecordingChunks.of(written);
        byte[] last = chunks.get(chunks.size() - 1);
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
            cut.write(chunk);
        }
        cut.write(Arrays.copyOf(last, last.length / 2));
        Path file = Files.write(folder.resolve("cut.jfr"), cut.toByteArray());
        String sentence = assertThrows(BadInput.class, () -> RecordingReader.read(file)).getMessage();
        assertEquals(file + ": the recording is cut off; copy it again after the recording was stopped or dumped", sentence);
    }

    private static String gates(Path file) throws Exception {
        return RecordingReader.read(file).findings().stream().filter(finding -> finding.kind() == Kind.INACTIVE).map(Finding::sentence).findFirst().orElseThrow();
    }

    private Path recording(String... states) throws Exception {
        return record(true, states);
    }

    private Path inOneChunk(String... states) throws Exception {
        return record(false, states);
    }

    @SuppressWarnings("try")
    private Path record(boolean chunks, String... states) throws Exception {
        EventFactory factory = EventFactory.create(List.of(new AnnotationElement(Name.class, "io.usr1.GateState")),
                FIELDS.stream().map(field -> new ValueDescriptor(String.class, field)).toList());
        Path file = folder.resolve("written.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            for (String state : states) {
                Event event = factory.newEvent();
                List<String> values = List.of("fixture", "app", "bypass", state, "a reason");
                for (int i = 0; i < values.size(); i++) {
                    event.set(i, values.get(i));
                }
                event.commit();
                if (chunks) {
                    try (Recording rotates = new Recording()) {
                        rotates.start();
                    }
                }
            }
            recording.stop();
            recording.dump(file);
        } finally {
            factory.unregister();
        }
        return file;
    }
}

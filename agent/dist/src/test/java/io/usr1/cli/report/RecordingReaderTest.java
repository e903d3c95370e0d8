package io.usr1.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the file is: a report, or one sentence. */
class RecordingReaderTest {

    private static final long SEED = 20261122;
    private static final int BROKEN = 150;

    @TempDir private Path folder;

    @Test void saysThatThereIsNoFile() {
        assertEquals("nowhere.jfr: there is no such file; expected a recording (.jfr)", refused(Path.of("nowhere.jfr")));
        assertEquals(folder + ": that is no file; expected a recording (.jfr)", refused(folder));
    }

    @Test void saysThatARecordingIsCutOff() throws Exception {
        byte[] whole = Files.readAllBytes(recording("io.usr1.Rewrite"));
        for (double share : new double[] {0.01, 0.5, 0.99}) {
            String sentence = refused(write(Arrays.copyOf(whole, (int) (whole.length * share))));
            assertTrue(sentence.contains(": the recording is cut off; copy it again"), sentence);
        }
    }

    @Test void saysThatAFileIsNoRecording() throws Exception {
        for (byte[] junk : new byte[][] {{}, {1}, "FLR\0 and then some text that is no chunk, whatever its length may be, not even if it goes on".getBytes(), new byte[100_000]}) {
            String sentence = refused(write(junk));
            assertTrue(sentence.contains("this cannot be read as a recording (") || sentence.contains("is cut off"), sentence);
        }
    }

    @Test void saysThatTheJdkCannotReadIt() throws Exception {
        String whole = Files.readString(recording("io.usr1.Rewrite"), StandardCharsets.ISO_8859_1);
        assertTrue(whole.contains("jdk.Deoptimization"), "what is broken here is in the file");
        String sentence = refused(write(whole.replace("jdk.Deoptimization", "3dk.Deoptimization").getBytes(StandardCharsets.ISO_8859_1)));
        // IllegalArgumentException on 17, InternalError on 25
        assertTrue(sentence.contains("this cannot be read as a recording (java.lang.") && sentence.contains("3dk.Deoptimization is not a valid Java"), sentence);
    }

    @Test void saysThatARecordingIsOfAnotherProgram() throws Exception {
        String sentence = refused(recording("com.example.Rewrite"));
        assertTrue(sentence.contains(": the recording holds no event of usr1-agent; record a JVM that runs with -javaagent:usr1-agent.jar"), sentence);
    }

    /** Somebody else's event of our name, with other fields. */
    @Test void readsAnEventThatOnlyLooksLikeOurs() throws Exception {
        Report report = RecordingReader.read(recording("io.usr1.Rewrite"));
        assertEquals(6, report.findings().size());
        assertFalse(report.findings().stream().anyMatch(finding -> finding.sentence().contains("null")), report.findings().toString());
    }

    /** Seeded, so that a file that breaks the reader comes again. */
    @Test void aFileWithWrongBytesIsReadOrRefused() throws Exception {
        byte[] whole = Files.readAllBytes(recording("io.usr1.Rewrite"));
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < BROKEN; i++) {
            byte[] broken = whole.clone();
            for (int wrong = 1 + random.nextInt(20); wrong > 0; wrong--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Path file = write(broken);
            refused += assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                try {
                    HtmlReport.page(List.of(RecordingReader.read(file)));
                    return 0;
                } catch (BadInput said) {
                    return 1;
                }
            }, "file " + i + " of seed " + SEED);
        }
        assertTrue(refused > 0 && refused < BROKEN, refused + " of " + BROKEN + " refused");
    }

    private static String refused(Path file) {
        String sentence = assertThrows(BadInput.class, () -> RecordingReader.read(file)).getMessage();
        assertTrue(Pattern.compile("\\R").matcher(sentence).results().count() == 0, sentence);
        return sentence;
    }

    private Path write(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("given.jfr"), bytes);
    }

    private Path recording(String event) throws Exception {
        EventFactory factory = EventFactory.create(List.of(new AnnotationElement(Name.class, event)),
                List.of(new ValueDescriptor(long.class, "target"), new ValueDescriptor(String.class, "sites")));
        Path file = folder.resolve("made.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            for (int i = 0; i < 50; i++) {
                Event made = factory.newEvent();
                made.set(0, 7L);
                made.set(1, "many");
                made.commit();
            }
            recording.stop();
            recording.dump(file);
        } finally {
            factory.unregister();
        }
        return file;
    }
}

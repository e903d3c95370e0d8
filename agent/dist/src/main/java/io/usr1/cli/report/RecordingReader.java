package io.usr1.cli.report;

import io.usr1.findings.Evidence;
import io.usr1.findings.Gate;
import io.usr1.findings.Role;
import io.usr1.findings.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads a recording, one event at a time. Not with the JDK's event stream, although that parses only what is asked for: at the
 * end of a truncated file it stops without a word.
 */
final class RecordingReader {

    private static final String OURS = "io.usr1.";

    /** Gates, decisions and settings of that many targets and loaders; a hostile recording may name any number. */
    private static final int STATES = 10_000;

    private final Evidence evidence = new Evidence();
    private final Timeline timeline = new Timeline();
    private final Map<EventType, Fields> types = new IdentityHashMap<>();
    /** The last of each, by its time: chunks need not come in the order in which they were written. */
    private final Map<List<String>, RecordedEvent> states = new LinkedHashMap<>();

    private RecordingReader() {
    }

    /** @throws BadInput for whatever is wrong with the file */
    static Report read(Path file) throws BadInput {
        if (!Files.isRegularFile(file)) {
            throw new BadInput(file + ": " + (Files.exists(file) ? "that is no file" : "there is no such file")
                    + "; expected a recording (.jfr)");
        }
        RecordingReader reader = new RecordingReader();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                reader.take(recording.readEvent());
            }
            reader.states.values().stream().sorted(Comparator.comparing(RecordedEvent::getStartTime)).forEach(reader::state);
            reader.timeline.cover(reader.evidence.startNanos(), reader.evidence.endNanos());
        } catch (IOException | RuntimeException | VirtualMachineError broken) { // wrong bytes make the JDK's reader throw InternalError, too
            throw new BadInput(file + (Chunks.cutOff(file)
                    ? ": the recording is cut off; copy it again after the recording was stopped or dumped"
                    : ": this cannot be read as a recording (" + broken + "); expected what a JVM wrote with JFR.dump or -XX:StartFlightRecording"));
        }
        if (!reader.evidence.ofAgent()) {
            throw new BadInput(file + ": the recording holds no event of usr1-agent; record a JVM that runs with -javaagent:usr1-agent.jar"
                    + " and in which its targets' classes were used, with settings that leave io.usr1.* on");
        }
        return new Report(file.toString(), reader.evidence, reader.timeline);
    }

    private void take(RecordedEvent event) {
        evidence.at(nanos(event.getStartTime()));
        evidence.at(nanos(event.getEndTime()));
        String type = event.getEventType().getName();
        if (!type.startsWith(OURS)) {
            return;
        }
        Fields of = fields(event);
        switch (type.substring(OURS.length())) {
            case "LockContention" -> waited(event, of);
            case "PoolStatistics" -> statistics(event, of);
            case "Violation" -> evidence.violation(of.text(event, "site"), of.text(event, "what"), of.text(event, "found"), of.text(event, "assumed"));
            case "GateState", "Rewrite", "AgentSettings" -> last(event, of);
            default -> { }
        }
    }

    private void waited(RecordedEvent event, Fields of) {
        long start = nanos(event.getStartTime());
        long nanos = Math.max(0, event.getDuration().toNanos());
        evidence.wait(new Wait(of.text(event, "target"), of.text(event, "pool"), of.text(event, "role"), of.text(event, "site"), of.text(event, "previousOwnerName"),
                of.text(event, "previousOwnerRole"), of.text(event, "previousOwnerSite"), start, nanos));
        timeline.waited(start, nanos);
    }

    private void statistics(RecordedEvent event, Fields of) {
        Role row = new Role(of.text(event, "target"), of.text(event, "role"), of.number(event, "acquired"), of.number(event, "contended"), of.number(event, "bypassed"),
                of.number(event, "needless"), of.number(event, "guarded"), of.number(event, "waitTime"), of.number(event, "failedTries"), of.number(event, "violations"),
                of.number(event, "droppedEvents"));
        evidence.statistics(row);
        if (row.looked() > 0) {
            timeline.looked(nanos(event.getStartTime()), row.bypassed(), row.needless(), row.looked());
        }
    }

    private void last(RecordedEvent event, Fields of) {
        List<String> key = Arrays.asList(event.getEventType().getName(), of.text(event, "target"), of.text(event, "loader"));
        if (states.size() < STATES || states.containsKey(key)) {
            states.merge(key, event, (one, other) -> other.getStartTime().isBefore(one.getStartTime()) ? one : other);
        }
    }

    private void state(RecordedEvent event) {
        Fields of = fields(event);
        switch (event.getEventType().getName().substring(OURS.length())) {
            case "GateState" -> evidence.gate(new Gate(of.text(event, "target"), of.text(event, "loader"), of.text(event, "mode"), of.text(event, "state"), of.text(event, "reason")));
            case "Rewrite" -> evidence.rewrite(of.text(event, "target"), of.text(event, "loader"), of.text(event, "reason"));
            default -> evidence.settings(of.text(event, "version"), of.text(event, "mode"), of.text(event, "targets"));
        }
    }

    /** Of an event's type; looked up once for each, for looking up a field of an event by name costs. */
    private Fields fields(RecordedEvent event) {
        return types.computeIfAbsent(event.getEventType(), Fields::new);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}

package io.usr1.events;

import io.usr1.runtime.Sinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * Waits for Flight Recorder to start and then registers hooks and sink. Until then no event class exists in this JVM: the
 * first one costs 100 to 200 ms even if nothing is ever recorded.
 */
final class Recorder implements FlightRecorderListener, AutoCloseable {

    private final Options options;
    private final EventThread thread;
    private final Findings findings;
    private final Supplier<List<Outcome>> outcomes;
    private volatile Chunks chunks;

    Recorder(Options options, EventThread thread, Findings findings, Supplier<List<Outcome>> outcomes) {
        this.options = options;
        this.thread = thread;
        this.findings = findings;
        this.outcomes = outcomes;
    }

    void listen() {
        if (!FlightRecorder.isAvailable()) {
            options.log().accept("Flight Recorder is switched off in this JVM, so no events are recorded; bypassing works without "
                    + "them. Remove -XX:-FlightRecorder to see them.");
            return;
        }
        FlightRecorder.addListener(this);
    }

    /** Flight Recorder runs this before anyone gets hold of it: all event classes are initialised here, on one thread. */
    @Override public void recorderInitialized(FlightRecorder recorder) {
        try {
            Chunks started = new Chunks(options, thread, outcomes);
            started.register(recorder.getRecordings().stream().anyMatch(each -> each.getState() == RecordingState.RUNNING));
            chunks = started;
            Sinks.install(new JfrSink(findings, options.eventsPerSecond()));
            Transitions.look();
        } catch (Throwable fault) {
            options.log().accept("Events are off, because they could not be registered: " + fault
                    + ". Bypassing works without them.");
        }
    }

    @Override public void recordingStateChanged(Recording recording) {
        Chunks started = chunks;
        if (started != null) {
            started.recordingChanged();
        }
    }

    void rewritten(Outcome outcome) {
        Chunks started = chunks;
        if (started != null) {
            started.rewritten(outcome);
        }
    }

    void gatesChanged() {
        Chunks started = chunks;
        if (started != null) {
            started.gatesChanged();
        }
    }

    boolean dump(Path file) throws IOException {
        if (chunks == null || FlightRecorder.getFlightRecorder().getRecordings().isEmpty()) {
            return false;
        }
        try (Recording snapshot = FlightRecorder.getFlightRecorder().takeSnapshot()) {
            snapshot.dump(file);
        }
        return true;
    }

    @Override public void close() {
        FlightRecorder.removeListener(this);
        Chunks started = chunks;
        chunks = null;
        if (started != null) {
            started.unregister();
        }
    }
}

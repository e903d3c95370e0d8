package io.usr1.events;

import io.usr1.runtime.Sinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The agent's events, from {@link #start} to {@link #close}. All methods may be called by any thread and throw nothing.
 *
 * <p>Refers to no class of {@code jdk.jfr}, so it links everywhere: {@link Recorder}, which does, is reached only after
 * the boot layer was found to hold that module. Without it audit findings are still logged.
 *
 * <p>{@code start} loads classes for 10 to 25 ms, so it belongs to the first woven target and not into premain. No event
 * class is touched before Flight Recorder starts, be that before (then it happens inside {@code start}) or at any time later
 * (then on the thread that starts the first recording).
 */
public final class Events implements AutoCloseable {

    /** Applications that deploy again and again make new loaders without end; older outcomes than this many are forgotten. */
    private static final int OUTCOMES_KEPT = 256;

    private final Options options;
    private final EventThread thread = new EventThread();
    private final Findings findings;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private Recorder recorder;

    private Events(Options options) {
        this.options = options;
        this.findings = new Findings(thread, options.log());
    }

    /** Installs a sink in the runtime. To be called once; a second call takes the sink away from the first. */
    public static Events start(Options options) {
        Events events = new Events(options);
        Sinks.install(new FindingsSink(events.findings));
        events.listen();
        return events;
    }

    private void listen() {
        if (options.level() == Level.OFF) {
            return;
        }
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            options.log().accept("This JVM has no module jdk.jfr, so no events are recorded; bypassing works without them. "
                    + "Run a Java image that has jdk.jfr to see them.");
            return;
        }
        try {
            Recorder started = new Recorder(options, thread, findings, this::outcomes);
            recorder = started;
            started.listen();
        } catch (Throwable fault) {
            options.log().accept("Events are off, because they could not be set up: " + fault
                    + ". Bypassing works without them.");
        }
    }

    /** A target was woven or refused in a class loader. */
    public void rewritten(Outcome outcome) {
        synchronized (outcomes) {
            outcomes.put(outcome.target() + '\n' + outcome.loader(), outcome);
            if (outcomes.size() > OUTCOMES_KEPT) {
                outcomes.remove(outcomes.keySet().iterator().next());
            }
        }
        if (recorder != null) {
            recorder.rewritten(outcome);
        }
    }

    /** The agent changed a gate or the mode. Unsaid changes are found within a second. */
    public void gatesChanged() {
        if (recorder != null) {
            recorder.gatesChanged();
        }
    }

    /** Writes what is being recorded to that file; false if nothing is. */
    public boolean dump(Path file) throws IOException {
        return recorder != null && recorder.dump(file);
    }

    /** Takes the sink out of the runtime, writes what is left and unregisters everything. */
    @Override public void close() {
        Sinks.install(null);
        if (recorder != null) {
            recorder.close();
        }
        thread.close();
    }

    private List<Outcome> outcomes() {
        synchronized (outcomes) {
            return List.copyOf(outcomes.values());
        }
    }
}

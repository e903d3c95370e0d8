package io.usr1.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;

/** The periodic events: which hook writes what. Flight Recorder calls the hooks; all of them write on the event thread. */
final class Chunks {

    static final List<Class<? extends Event>> EVENTS = List.of(LockContention.class, LockAcquisition.class,
            Takeover.class, Insert.class, Attach.class, StaleWake.class, PoolStatistics.class, PoolTotals.class, GateState.class, Rewrite.class, Violation.class, AgentSettings.class);

    private final Options options;
    private final EventThread thread;
    private final Supplier<List<Outcome>> outcomes;
    private final Statistics statistics = new Statistics();
    private final Pace pace;
    private final GateStates gates = new GateStates();
    private final List<Runnable> hooks = new ArrayList<>();

    Chunks(Options options, EventThread thread, Supplier<List<Outcome>> outcomes) {
        this.options = options;
        this.thread = thread;
        this.outcomes = outcomes;
        this.pace = new Pace(options.statisticsPeriod(), System::nanoTime);
    }

    /** @param recording a chunk runs already, and its beginning, when the settings are due, was before us */
    void register(boolean recording) {
        EVENTS.forEach(FlightRecorder::register);
        // Their classes register themselves when they are initialised; so they are made known and taken out again.
        options.level().withheld().forEach(FlightRecorder::unregister);
        hook(PoolStatistics.class, this::period);
        hook(GateState.class, this::chunk);
        hook(Rewrite.class, this::rewrites);
        hook(AgentSettings.class, this::settings);
        if (recording) {
            thread.later(guarded(this::settings));
        }
    }

    void unregister() {
        thread.run(guarded(statistics::remainder));
        hooks.forEach(FlightRecorder::removePeriodicEvent);
        EVENTS.forEach(FlightRecorder::unregister);
    }

    void recordingChanged() {
        statistics.pause();
        Transitions.look();
    }

    void rewritten(Outcome outcome) {
        thread.later(guarded(() -> write(outcome)));
    }

    void gatesChanged() {
        thread.later(guarded(gates::changed));
    }

    private void period() {
        Transitions.look();
        if (pace.due()) {
            statistics.period();
        }
        gates.changed();
    }

    /** At the start and the end of each chunk; the end is what makes the statistics of a recording complete. */
    private void chunk() {
        gates.all();
        statistics.remainder();
    }

    private void rewrites() {
        outcomes.get().forEach(Chunks::write);
    }

    private void settings() {
        Settings now = options.settings().get();
        AgentSettings event = new AgentSettings();
        event.version = now.version();
        event.mode = now.mode();
        event.counters = now.counters();
        event.targets = now.targets();
        event.commit();
    }

    private static void write(Outcome outcome) {
        Rewrite event = new Rewrite();
        event.target = outcome.target();
        event.loader = outcome.loader();
        event.outcome = outcome.word();
        event.reason = outcome.reason();
        event.sites = outcome.sites();
        event.commit();
    }

    private void hook(Class<? extends Event> event, Runnable task) {
        Runnable hook = () -> thread.run(guarded(task));
        hooks.add(hook);
        FlightRecorder.addPeriodicEvent(event, hook);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                options.log().accept("A periodic event could not be written: " + fault + ". The next one will be tried.");
            }
        };
    }
}

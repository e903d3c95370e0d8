package io.usr1.agent;

import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.events.Events;
import io.usr1.events.Level;
import io.usr1.events.LockOwners;
import io.usr1.events.Outcome;
import io.usr1.events.Settings;
import io.usr1.runtime.Sinks;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;

/**
 * Starts the events on the agent's thread: with a recording running, initialising event classes takes a fifth of a
 * second and locks of Flight Recorder, neither of which belongs into a thread that is loading a class (JDK-8371889).
 * What is decided before that is kept and told afterwards.
 */
final class EventsSwitch {

    private final Instrumentation instrumentation;
    private final Logger log;
    private final List<Outcome> early = new ArrayList<>();
    private volatile Options options;
    private volatile List<String> targets = List.of();
    private Events events;
    private Throwable toldFault;

    EventsSwitch(Instrumentation instrumentation, Logger log) {
        this.instrumentation = instrumentation;
        this.log = log;
    }

    /** What recordings say of the agent; before {@link #start}. */
    void settings(Options now, List<String> targetNames) {
        options = now;
        targets = targetNames;
    }

    /** The agent's thread, once. */
    void start() {
        try {
            LockOwners.open(instrumentation).ifPresent(log::info);
            Events started = Events.start(new io.usr1.events.Options(this::settings, io.usr1.events.Options.EVENTS_PER_SECOND,
                    Level.valueOf(options.events().toUpperCase(Locale.ROOT)), Duration.ofSeconds(options.statisticsSeconds()), log::error));
            publish(started);
        } catch (Throwable fault) {
            log.error("Events are off, because they could not be set up: {}. Bypassing works without them.", fault.toString());
        }
    }

    /** The agent's thread, at its end. */
    void close() {
        Events closing;
        synchronized (this) {
            closing = events;
            events = null;
        }
        if (closing != null) {
            closing.close();
        }
    }

    /** Writes what is recorded now to that file, and returns it; null if nothing is. Any thread. */
    Path dump(Path file) throws IOException {
        Events running;
        synchronized (this) {
            running = events;
        }
        return running != null && running.dump(file) ? file : null;
    }

    /** Any thread, also one that is defining a class. */
    synchronized void rewritten(Outcome outcome) {
        if (events == null) {
            early.add(outcome);
        } else {
            events.rewritten(outcome);
        }
    }

    synchronized void gatesChanged() {
        if (events != null) {
            events.gatesChanged();
        }
    }

    /** The agent's thread, now and then: a sink that threw was removed in silence, under some application's lock. */
    void look() {
        Throwable fault = Sinks.fault();
        if (fault != null && fault != toldFault) {
            toldFault = fault;
            log.error("Lock timing was switched off, because recording it failed: {}. Bypassing and statistics go on.", fault.toString());
        }
    }

    private synchronized void publish(Events started) {
        events = started;
        early.forEach(started::rewritten);
        early.clear();
    }

    private Settings settings() {
        String counters;
        try {
            counters = options.counters();
        } catch (OptionException checkedAtStart) {
            counters = "cheap";
        }
        return new Settings(Version.NUMBER, System.getProperty(Options.PREFIX + "mode", atStart()).toLowerCase(Locale.ROOT), counters,
                String.join(",", targets));
    }

    private String atStart() {
        try {
            return options.mode().name();
        } catch (OptionException checkedAtStart) {
            return "unknown";
        }
    }
}

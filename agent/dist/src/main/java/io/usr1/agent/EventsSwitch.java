package io.usr1.agent;

import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.events.Events;
import io.usr1.events.LockOwners;
import io.usr1.events.Outcome;
import io.usr1.events.Settings;
import io.usr1.runtime.Sinks;
import io.usr1.target.Target;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * Starts the events on the agent's thread: with a recording running, initialising event classes takes a fifth of a
 * second and locks of Flight Recorder, neither of which belongs into a thread that is loading a class (JDK-8371889).
 * What is decided before that is kept and told afterwards.
 */
final class EventsSwitch {

    private final Options options;
    private final Instrumentation instrumentation;
    private final List<Target> targets;
    private final Logger log;
    private final List<Outcome> early = new ArrayList<>();
    private Events events;
    private Throwable toldFault;

    EventsSwitch(Options options, Instrumentation instrumentation, List<Target> targets, Logger log) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.targets = targets;
        this.log = log;
    }

    /** The agent's thread, once. */
    void start() {
        try {
            LockOwners.open(instrumentation).ifPresent(log::info);
            Events started = Events.start(new io.usr1.events.Options(this::settings, io.usr1.events.Options.EVENTS_PER_SECOND, log::error));
            publish(started);
        } catch (Throwable fault) {
            log.error("Events are off, because they could not be set up: {}. Bypassing works without them.", fault.toString());
        }
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
            counters = options.exactCounters() ? "exact" : "cheap";
        } catch (OptionException checkedAtStart) {
            counters = "cheap";
        }
        return new Settings(Version.NUMBER, System.getProperty(Options.PREFIX + "mode", atStart()).toLowerCase(Locale.ROOT), counters,
                targets.stream().map(Target::name).collect(Collectors.joining(",")));
    }

    private String atStart() {
        try {
            return options.mode().name();
        } catch (OptionException checkedAtStart) {
            return "unknown";
        }
    }
}

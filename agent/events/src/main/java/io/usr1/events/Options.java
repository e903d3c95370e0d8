package io.usr1.events;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What {@link Events#start} needs.
 *
 * @param settings asked once a chunk, on the agent's event thread; the mode may change while the JVM runs
 * @param eventsPerSecond how many contention events are written in a second at most, again as many violations, and ten
 *                        times as many acquisitions and takeovers together, and as many marks and stale wakes; the rest is counted in {@code droppedEvents}. JDK 17 has no throttle of its own
 * @param level the most that is recorded
 * @param statisticsPeriod statistics are written no more often than this, whatever recordings ask for; zero for as often as they ask
 * @param log takes one sentence at a time; called by the agent's event thread and by the threads that start the agent
 *            or Flight Recorder, never inside a lock of a pool
 */
public record Options(Supplier<Settings> settings, int eventsPerSecond, Level level, Duration statisticsPeriod, Consumer<String> log) {

    public static final int EVENTS_PER_SECOND = 1000;

    /** With all that recordings ask for. */
    public Options(Supplier<Settings> settings, int eventsPerSecond, Consumer<String> log) {
        this(settings, eventsPerSecond, Level.DETAILED, Duration.ZERO, log);
    }

    public Options {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(statisticsPeriod, "statisticsPeriod");
        Objects.requireNonNull(log, "log");
        if (eventsPerSecond < 1) {
            throw new IllegalArgumentException("The limit of events in a second is " + eventsPerSecond
                    + "; expected 1 or more. To record none, disable io.usr1.LockContention in the recording.");
        }
    }
}

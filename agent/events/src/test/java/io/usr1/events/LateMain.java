package io.usr1.events;

import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;

/** A recording that is started long after the agent, and one started after the agent was closed. */
final class LateMain {

    public static void main(String[] arguments) throws Exception {
        Site site = Fixture.GATE.site("wake", "Mux#wake");
        Events events = Fixture.start(1000);
        events.rewritten(new Outcome("fixture", "app", null, 3));
        events.rewritten(new Outcome("other", "app", "Pool#get has no lock", 0));
        Locks.tryLock(new ReentrantLock(), site);
        Violations.provoke(site);
        Fixture.print("eventClassesBefore", Fixture.eventClasses());
        try (Recording recording = new Recording()) {
            recording.start();
            Locks.tryLock(new ReentrantLock(), site);
            Violations.provoke(site);
            Fixture.GATE.mode(Mode.BYPASS);
            events.gatesChanged();
            events.rewritten(new Outcome("third", "app", null, 1));
            List<RecordedEvent> found = Fixture.stop(recording);
            Fixture.print("eventClassesAfter", Fixture.eventClasses());
            Fixture.print("settings", texts(found, AgentSettings.class, "version", "mode", "counters", "targets"));
            Fixture.print("rewrites", texts(found, Rewrite.class, "target", "outcome", "reason"));
            Fixture.print("states", states(found));
            Fixture.print("violations", texts(found, Violation.class, "site", "what", "found", "assumed"));
            Fixture.print("acquired", Fixture.only(found, PoolStatistics.class).stream().mapToInt(row -> row.getInt("acquired")).sum());
        }
        Locks.tryLock(new ReentrantLock(), site);
        Fixture.GATE.shut("a class was redefined");
        try (Recording recording = new Recording()) {
            recording.start();
            Fixture.print("statesLater", states(Fixture.stop(recording)));
        }
        try (Recording recording = new Recording()) {
            recording.start();
            Locks.tryLock(new ReentrantLock(), site);
            events.close();
            Locks.tryLock(new ReentrantLock(), site);
            List<RecordedEvent> found = Fixture.stop(recording);
            Fixture.print("statesUnchanged", states(found));
            Fixture.print("acquiredBeforeClose", Fixture.only(found, PoolStatistics.class).stream().mapToInt(row -> row.getInt("acquired")).sum());
        }
        Fixture.print("before.closed", Locks.before(site));
        Fixture.print("typesLeft", FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith("io.usr1.")).count());
    }

    private static List<String> states(List<RecordedEvent> events) {
        return texts(events, GateState.class, "mode", "state", "reason");
    }

    /** Without repetitions: the end of a chunk, and the second that a period takes, write some of them again. */
    private static List<String> texts(List<RecordedEvent> events, Class<?> type, String... fields) {
        return Fixture.only(events, type).stream()
                .map(event -> String.join("|", List.of(fields).stream().map(field -> String.valueOf(event.getString(field))).toList())).distinct().toList();
    }
}

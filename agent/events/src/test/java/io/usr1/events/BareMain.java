package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.concurrent.locks.ReentrantLock;

/** Everything that the agent calls, in a JVM that may have no Flight Recorder. Uses no class of it. */
final class BareMain {

    public static void main(String[] arguments) {
        Gate gate = Gates.create("fixture", "app", Mode.AUDIT);
        Site site = gate.site("wake", "Mux#wake");
        Options options = new Options(() -> new Settings("", "", "", ""), 1, line -> System.out.println("log=" + line));
        try (Events events = Events.start(options)) {
            events.rewritten(new Outcome("fixture", "app", null, 1));
            events.gatesChanged();
            ReentrantLock lock = new ReentrantLock();
            Locks.released(Locks.lock(lock, site));
            System.out.println("held=" + lock.isHeldByCurrentThread());
            System.out.println("before=" + Locks.before(site));
            Violations.provoke(site);
        }
    }
}

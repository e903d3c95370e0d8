package io.usr1.events;

import com.sun.management.ThreadMXBean;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;

/** What it costs to take locks that nobody else wants, while contention is recorded. */
final class UncontendedMain {

    private static final int TIMES = 100_000;
    private static final Site SITE = Fixture.GATE.site("wake", "Mux#wake");
    private static final Site MONITOR = Fixture.GATE.site("get", "Pool#get");

    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        try (Events agent = Fixture.start(1000)) {
            Fixture.print("before.unrecorded", Locks.before(SITE));
            try (Recording recording = new Recording()) {
                recording.disable("io.usr1.LockContention");
                recording.start();
                Fixture.print("before.disabled", Locks.before(SITE));
            }
            try (Recording recording = new Recording()) {
                recording.start();
                Fixture.print("before.enabled", Locks.before(SITE) != 0);
                Fixture.GATE.mode(Mode.OFF);
                Fixture.print("before.off", Locks.before(SITE));
                Fixture.GATE.mode(Mode.OBSERVE);
                measure();
                List<RecordedEvent> events = Fixture.only(Fixture.stop(recording), LockContention.class);
                Fixture.print("eventsOfTheLock", events.stream().filter(event -> event.getString("role").equals("wake")).count());
                // A thread that loses its processor between two clock reads looks as if it had waited for the monitor.
                Fixture.print("unexplainedEvents", Math.max(0, events.size() - MONITOR.contendedCount()));
            }
            try (Recording recording = new Recording()) {
                recording.enable("io.usr1.LockAcquisition");
                recording.enable("io.usr1.Takeover");
                recording.start();
                take(new ReentrantLock());
                Fixture.print("acquisitions", Fixture.only(Fixture.stop(recording), LockAcquisition.class).size());
            }
        }
    }

    private static void measure() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ReentrantLock lock = new ReentrantLock();
        Object monitor = new Object();
        long self = Thread.currentThread().getId();
        long bytes = 0;
        // The first round pays for linking and for the thread's one spare event.
        for (int round = 0; round < 2; round++) {
            bytes = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < TIMES; i++) {
                take(lock);
                enter(monitor);
            }
            bytes = threads.getThreadAllocatedBytes(self) - bytes;
        }
        Fixture.print("bytesPerThousand", bytes * 1000 / TIMES);
    }

    private static void take(ReentrantLock lock) {
        Object token = Locks.lock(lock, SITE);
        lock.unlock();
        Locks.released(token);
    }

    private static void enter(Object monitor) {
        long start = Locks.before(MONITOR);
        Object token;
        synchronized (monitor) {
            token = Locks.entered(monitor, start, MONITOR);
        }
        Locks.released(token);
    }
}

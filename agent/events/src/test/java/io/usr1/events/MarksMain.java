package io.usr1.events;

import com.sun.management.ThreadMXBean;
import io.usr1.runtime.Audit;
import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Marks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.lang.management.ManagementFactory;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;

/** Marks and a stale wake, by woven code's own calls: while nobody records them, while somebody does, and more than the limit lets through. */
final class MarksMain {

    private static final int TIMES = 100_000;
    private static final Site WAKE = Fixture.GATE.site("wake", "Mux#wake");

    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        Fixture.GATE.mode(Mode.OBSERVE); // An audit would remember each carrier.
        try (Events agent = Fixture.start(10)) {
            try (Recording recording = new Recording()) {
                recording.start();
                request(new Marked());
                Fixture.print("bytesPerThousand", bytes() * 1000 / TIMES);
                Fixture.print("unasked", ours(Fixture.stop(recording)).size());
            }
            try (Recording recording = recording()) {
                Marked carrier = new Marked();
                request(carrier);
                Fixture.print("flag", carrier.usr1$flag());
                Fixture.print("identity", System.identityHashCode(carrier));
                ours(Fixture.stop(recording)).forEach(MarksMain::print);
            }
            try (Recording recording = recording()) {
                for (int i = 0; i < 500; i++) {
                    Marks.set(new Marked(), Fixture.GATE);
                }
                List<RecordedEvent> found = Fixture.stop(recording);
                long dropped = Fixture.only(found, PoolStatistics.class).stream().filter(row -> row.getString("role").equals("marks"))
                        .mapToLong(row -> row.getInt("droppedEvents")).sum();
                Fixture.print("written", ours(found).size());
                Fixture.print("together", ours(found).size() + dropped);
            }
            try (Recording recording = new Recording()) {
                recording.start();
                request(new Marked());
                Fixture.print("afterwards", ours(Fixture.stop(recording)).size());
            }
        }
    }

    private static Recording recording() {
        Recording recording = new Recording();
        recording.enable("io.usr1.Insert");
        recording.enable("io.usr1.Attach");
        recording.enable("io.usr1.StaleWake");
        recording.start();
        return recording;
    }

    /** As a request's life goes, with a wake in between that came too late. */
    private static void request(Marked carrier) {
        Marks.set(carrier, Fixture.GATE);
        if (Audit.looksAtWake(carrier, WAKE)) {
            Audit.woken(carrier, 0, 1, false, WAKE);
        }
        Marks.clear(carrier, Fixture.GATE);
    }

    private static long bytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Marked carrier = new Marked();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < TIMES; i++) {
            Marks.set(carrier, Fixture.GATE);
            Marks.clear(carrier, Fixture.GATE);
        }
        return threads.getThreadAllocatedBytes(self) - before;
    }

    private static List<RecordedEvent> ours(List<RecordedEvent> all) {
        return all.stream().filter(event -> event.getEventType().getName().matches("io\\.usr1\\.(Insert|Attach|StaleWake)")).toList();
    }

    private static void print(RecordedEvent event) {
        Fixture.print("event", event.getEventType().getLabel() + ", " + event.getString("target") + ", " + event.getString("loader") + ", "
                + event.getClass("carrierClass").getName() + ", " + event.getLong("carrier")
                + (event.hasField("site") ? ", " + event.getString("role") + ", " + event.getString("site") : ""));
    }

    /** A carrier as the weaver would make it. */
    private static final class Marked implements Carrier {

        private volatile int flag = Flag.UNKNOWN;

        @Override public int usr1$flag() {
            return flag;
        }

        @Override public void usr1$flag(int state) {
            flag = state;
        }

        @Override public int usr1$unfolded() {
            return 0;
        }

        @Override public void usr1$unfolded(int count) {
        }
    }
}

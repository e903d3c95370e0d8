package io.usr1.events;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Marks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Sink;
import io.usr1.runtime.Site;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What woven code pays, each beside the same without the agent: a lock that nobody else wants, a monitor, the marks of a
 * request, and the write of a wait. {@link Costs} runs them and compares.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CostBenchmarks {

    /** No recording; one with {@code usr1.jfc}; one with {@code usr1-detailed.jfc}. */
    @Param({"none", "usr1.jfc", "usr1-detailed.jfc"})
    public String recording;

    private final Gate gate = Gates.create("benchmark", "app", Mode.OBSERVE);
    private final Site site = gate.site("wake", "Wake#wake");
    private final ReentrantLock lock = new ReentrantLock();
    private final Marked carrier = new Marked();
    private final Holders holders = new Holders();
    private Events events;
    private Recording running;
    private Sink sink;

    @Setup public void start() throws Exception {
        if (recording.equals("none")) {
            return;
        }
        // Without a limit: what is dropped costs less than what is written.
        events = Events.start(new Options(() -> new Settings("", "", "", ""), Integer.MAX_VALUE, line -> { }));
        try (Reader file = new InputStreamReader(Chunks.class.getResourceAsStream(recording), StandardCharsets.UTF_8)) {
            running = new Recording(Configuration.create(file));
        }
        running.setMaxSize(50_000_000);
        running.start();
        sink = new JfrSink(new Findings(null, line -> { }), Integer.MAX_VALUE);
    }

    @TearDown public void stop() {
        if (running != null) {
            running.close();
            events.close();
        }
    }

    @Benchmark public void lockAlone() {
        lock.lock();
        lock.unlock();
    }

    @Benchmark public void lockWoven() {
        Object token = Locks.lock(lock, site);
        lock.unlock();
        Locks.released(token);
    }

    @Benchmark public void monitorAlone() {
        synchronized (carrier) {
            carrier.unfolded++;
        }
    }

    @Benchmark public void monitorWoven() {
        long start = Locks.before(site);
        Object token;
        synchronized (carrier) {
            token = Locks.entered(carrier, start, site);
            carrier.unfolded++;
        }
        Locks.released(token);
    }

    @Benchmark public void marksAlone() {
        carrier.usr1$flag(Flag.SET);
        carrier.usr1$flag(Flag.CLEAR);
    }

    @Benchmark public void marksWoven() {
        Marks.set(carrier, gate);
        Marks.clear(carrier, gate);
    }

    /** What is kept for waiters: where this thread took the lock. A part of {@link #lockWoven} while waits are recorded, and of nothing else. */
    @Benchmark public void holderKept() {
        holders.holds(site, lock);
    }

    /** A wait's event, without the wait: made, filled in, and written unless its threshold keeps it out. */
    @Benchmark public void waitWritten() {
        if (sink != null) {
            Object token = sink.waiting(site, lock, Thread.currentThread(), 0);
            sink.acquired(token, 1);
            sink.commit(token, false);
        }
    }

    /** A carrier as the weaver would make it. */
    private static final class Marked implements Carrier {

        private volatile int flag;
        private int unfolded;

        @Override public int usr1$flag() {
            return flag;
        }

        @Override public void usr1$flag(int state) {
            flag = state;
        }

        @Override public int usr1$unfolded() {
            return unfolded;
        }

        @Override public void usr1$unfolded(int count) {
            unfolded = count;
        }
    }
}

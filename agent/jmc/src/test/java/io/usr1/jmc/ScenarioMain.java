package io.usr1.jmc;

import io.usr1.events.Events;
import io.usr1.events.LockOwners;
import io.usr1.events.Options;
import io.usr1.events.Outcome;
import io.usr1.events.Settings;
import io.usr1.runtime.Audit;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Marks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingStream;

/** Calls the runtime as woven code does, and records it with the settings that come with the agent. */
public final class ScenarioMain {

    private static final int WAKES = 1000;
    private static final int CONVOYS = 15;
    private static final int THREADS = 6;
    private static final int ROUNDS = 10;
    private static final long HOLD_NANOS = 30_000_000;

    private static Instrumentation instrumentation;

    private final Scenario scenario;
    private final Gate gate;
    private final Site wake;
    private final Site takeover;
    private final Site insert;
    private final ReentrantLock lock = new ReentrantLock();

    private ScenarioMain(Scenario scenario) {
        this.scenario = scenario;
        this.gate = Gates.create("fixture", "app", mode(scenario));
        this.wake = gate.site("wake", "Mux#wake");
        this.takeover = gate.site("takeover", "Pool#takeover");
        this.insert = gate.site("insert", "Pool#insert");
        gate.carrierWoven();
        gate.bypassWoven();
    }

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** Arguments: the scenario, the file for the recording. */
    public static void main(String[] arguments) throws Exception {
        Scenario scenario = Scenario.valueOf(arguments[0]);
        LockOwners.open(instrumentation).ifPresent(ScenarioMain::complain);
        ScenarioMain main = new ScenarioMain(scenario);
        if (scenario == Scenario.BLOCKED_PLAIN) {
            record(main, arguments[1]);
            return;
        }
        Settings settings = new Settings("1.2.3", mode(scenario).name().toLowerCase(Locale.ROOT), "exact", "fixture");
        try (Events events = Events.start(new Options(() -> settings, 1000, ScenarioMain::complainUnlessAudit))) {
            events.rewritten(scenario == Scenario.REFUSED ? new Outcome("fixture", "app", "<b>Pool</b>#get {0} has no lock", 0)
                    : new Outcome("fixture", "app", null, 3));
            record(main, arguments[1]);
        }
    }

    private static void record(ScenarioMain main, String file) throws Exception {
        try (Recording recording = new Recording(settings(main.scenario))) {
            recording.start();
            main.play();
            recording.stop();
            recording.dump(Path.of(file));
        }
    }

    private void play() throws InterruptedException {
        switch (scenario) {
            case HEALTHY, OBSERVED, REFUSED -> wakes(5);
            case STUCK -> wakes(1);
            case SHUT -> {
                nextChunk();
                gate.shut("a class of the pool was redefined");
                wakes(5);
            }
            case VIOLATED -> violate();
            case BLOCKED -> blocked(this::hold);
            case BLOCKED_PLAIN -> blocked(this::holdMonitor);
            case CONVOY -> convoy();
            case EVERYTHING -> {
                wakes(5);
                violate();
                convoy();
                mark();
                awaitPeriod();
            }
        }
    }

    /** Another recording begins and ends a chunk of this one. */
    @SuppressWarnings("try")
    private static void nextChunk() {
        try (Recording other = new Recording()) {
            other.start();
        }
    }

    /** One of so many finds the flag set. */
    private void wakes(int oneOf) {
        for (int i = 0; i < WAKES; i++) {
            FakeCarrier carrier = new FakeCarrier(i % oneOf == 0 ? Flag.SET : Flag.CLEAR);
            if (gate.passes(carrier)) {
                wake.bypassed(null);
            } else {
                wake.fold(carrier);
                release(Locks.lock(lock, wake));
            }
        }
    }

    private void violate() {
        for (int i = 0; i < 3; i++) {
            Audit.expect(1, 0, new FakeCarrier(Flag.CLEAR), wake, "conn.inList");
        }
    }

    /** A request's marks, and the wake of a carrier that was stolen meanwhile. */
    private void mark() {
        FakeCarrier carrier = new FakeCarrier(Flag.UNKNOWN);
        Marks.set(carrier, gate);
        Marks.clear(carrier, gate);
        FakeCarrier stolen = new FakeCarrier(Flag.SET);
        if (Audit.looksAtWake(stolen, wake)) {
            Audit.woken(stolen, 0, 1, false, wake);
        }
    }

    private void convoy() throws InterruptedException {
        for (int i = 0; i < CONVOYS; i++) {
            Locks.tryLock(lock, takeover);
            Thread owner = new Thread(() -> release(Locks.lock(lock, wake)), "old owner");
            owner.start();
            while (!lock.hasQueuedThread(owner)) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(1_000_000);
            lock.unlock();
            owner.join();
        }
    }

    /** A stream that sees the totals knows that a period ended; those of the recording were written at the same time. */
    private static void awaitPeriod() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        try (RecordingStream stream = new RecordingStream()) {
            stream.onEvent(EvidenceReader.TOTALS, event -> seen.countDown());
            stream.startAsync();
            seen.await();
        }
    }

    private void blocked(Runnable holding) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    holding.run();
                }
            }, "worker-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void hold() {
        Object token = Locks.lock(lock, insert);
        busy();
        release(token);
    }

    private void holdMonitor() {
        synchronized (this) {
            busy();
        }
    }

    private static void busy() {
        for (long start = System.nanoTime(); System.nanoTime() - start < HOLD_NANOS; ) {
            LockSupport.parkNanos(HOLD_NANOS);
        }
    }

    private void release(Object token) {
        lock.unlock();
        Locks.released(token);
    }

    private static Mode mode(Scenario scenario) {
        return switch (scenario) {
            case OBSERVED, BLOCKED -> Mode.OBSERVE;
            case VIOLATED, EVERYTHING -> Mode.AUDIT;
            default -> Mode.BYPASS;
        };
    }

    private static Configuration settings(Scenario scenario) throws Exception {
        if (scenario == Scenario.BLOCKED_PLAIN) {
            return Configuration.getConfiguration("default");
        }
        String name = scenario == Scenario.EVERYTHING ? "usr1-detailed.jfc" : "usr1.jfc";
        try (Reader file = new InputStreamReader(Events.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            return Configuration.create(file);
        }
    }

    private static void complainUnlessAudit(String line) {
        if (!line.startsWith("Target fixture is not safe to bypass")) {
            complain(line);
        }
    }

    private static void complain(String line) {
        System.out.println("complaint: " + line);
    }
}

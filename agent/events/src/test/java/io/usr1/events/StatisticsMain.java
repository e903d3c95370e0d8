package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingStream;

/**
 * Counts all kinds of things, with chunks beginning and ending in between and one second long enough for a period, and
 * prints the counters. The recording that the JVM was started with ends with the JVM.
 */
final class StatisticsMain {

    public static void main(String[] arguments) throws Exception {
        Events events = Fixture.start(1);
        Site wake = Fixture.GATE.site("wake", "Mux#wake");
        Site other = Fixture.GATE.site("wake", "Mux#process");
        Site get = Fixture.GATE.site("get", "Pool#get");
        work(wake, 1);
        try (Recording chunks = new Recording()) {
            chunks.start();
            work(wake, 2);
            work(other, 1);
        }
        // No row of this one: mode off means no events.
        work(Gates.create("silent", "app", Mode.OFF).site("wake", "Mux#wake"), 1);
        Gate late = Gates.create("late", "another app", Mode.BYPASS);
        Site insert = late.site("insert", "Pool#insert");
        awaitPeriod();
        work(get, 1);
        work(insert, 3);
        Gates.drop(late);
        work(wake, 1);

        print("fixture.wake.", Counts.ZERO.plus(wake).plus(other));
        print("fixture.get.", Counts.ZERO.plus(get));
        print("late.insert.", Counts.ZERO.plus(insert));
    }

    /** A stream that sees a row knows that a period, or a chunk, ended since. */
    private static void awaitPeriod() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        try (RecordingStream stream = new RecordingStream()) {
            stream.onEvent("io.usr1.PoolStatistics", event -> seen.countDown());
            stream.startAsync();
            seen.await();
        }
    }

    private static void work(Site site, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            ReentrantLock lock = new ReentrantLock();
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = new Thread(() -> {
                lock.lock();
                held.countDown();
                Fixture.holdUntilQueued(lock);
                lock.unlock();
            });
            holder.start();
            held.await();
            Locks.tryLock(lock, site);
            Object token = Locks.lock(lock, site);
            lock.unlock();
            Locks.released(token);
            holder.join();
            site.bypassed(null);
            site.bypassed(null);
            site.fold(null);
            Violations.fold(site);
            Violations.provoke(site);
        }
    }

    private static void print(String prefix, Counts counts) {
        Fixture.print(prefix + "acquired", counts.acquired());
        Fixture.print(prefix + "contended", counts.contended());
        Fixture.print(prefix + "bypassed", counts.bypassed());
        Fixture.print(prefix + "needless", counts.needless());
        Fixture.print(prefix + "guarded", counts.guarded());
        Fixture.print(prefix + "waitTime", counts.waitNanos());
        Fixture.print(prefix + "failedTries", counts.failedTries());
        Fixture.print(prefix + "violations", counts.violations());
        Fixture.print(prefix + "droppedEvents", counts.dropped());
    }
}

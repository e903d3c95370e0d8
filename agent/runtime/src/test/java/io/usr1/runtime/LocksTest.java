package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocksTest {

    private final Site site = GateTest.open().site("get", "Pool#get");

    @AfterEach void noSink() {
        Sinks.install(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void locksAndCounts(boolean fair) {
        ReentrantLock lock = new ReentrantLock(fair);
        assertNull(Locks.lock(lock, site));
        assertNull(Locks.lock(lock, site), "re-entrant");
        assertEquals(2, lock.getHoldCount());
        assertEquals(2, site.acquiredCount());
        assertEquals(0, site.contendedCount());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWaitIsTimedAndWrittenAfterTheUnlock(boolean fair) throws InterruptedException {
        RecordingSink sink = new RecordingSink();
        Sinks.install(sink);
        ReentrantLock lock = new ReentrantLock(fair);
        Thread waiter = waiter(lock);
        lock.lock();
        waiter.start();
        while (!lock.hasQueuedThread(waiter)) {
            Thread.onSpinWait();
        }
        lock.unlock();
        waiter.join();
        assertEquals(1, site.contendedCount());
        assertTrue(site.waitNanos() > 0);
        assertEquals("waiting acquired commit:false", String.join(" ", sink.calls));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptedThreadIsToldEvenIfTheLockIsFree(boolean foreign) {
        Lock lock = foreign ? new ReentrantReadWriteLock().writeLock() : new ReentrantLock();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Locks.lockInterruptibly(lock, site));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Locks.tryLock(lock, 1, TimeUnit.HOURS, site));
        assertFalse(Thread.interrupted());
        assertEquals(0, site.acquiredCount());
        assertTrue(lock.tryLock(), "nobody holds it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptibleWaitIsTimed(boolean timed) throws InterruptedException {
        RecordingSink sink = new RecordingSink();
        Sinks.install(sink);
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch failed = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            try {
                Object token = null;
                if (timed) {
                    assertTrue(Locks.tryLock(lock, 1, TimeUnit.HOURS, site));
                } else {
                    token = Locks.lockInterruptibly(lock, site);
                }
                lock.unlock();
                Locks.released(token);
            } catch (InterruptedException e) {
                failed.countDown();
            }
        });
        lock.lock();
        waiter.start();
        while (!lock.hasQueuedThread(waiter)) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start <= Locks.CONTENDED_NANOS) {
            Thread.onSpinWait();
        }
        lock.unlock();
        waiter.join();
        assertEquals(1, failed.getCount());
        assertEquals(1, site.acquiredCount());
        assertEquals(1, site.contendedCount());
        assertEquals(timed ? "waited acquired commit:true" : "waiting acquired commit:false", String.join(" ", sink.calls));
    }

    @Test void aTimedTryThatFailsIsCounted() throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        lock.readLock().lock();
        assertFalse(Locks.tryLock(lock.writeLock(), 1, TimeUnit.NANOSECONDS, site), "this thread reads");
        assertEquals(1, site.failedTryCount());
        assertEquals(0, site.acquiredCount());
    }

    @Test void aTryLockThatFailsIsCountedAndDoesNotWait() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            lock.lock();
            held.countDown();
            awaitQuietly(done);
            lock.unlock();
        });
        holder.start();
        held.await();
        assertFalse(Locks.tryLock(lock, site));
        done.countDown();
        holder.join();
        assertTrue(Locks.tryLock(lock, site));
        assertEquals(1, site.failedTryCount());
        assertEquals(1, site.acquiredCount());
    }

    @Test void whoTakesALockSaysWhere() {
        RecordingSink sink = new RecordingSink();
        Sinks.install(sink);
        assertTrue(Locks.tryLock(new ReentrantLock(), site));
        site.gate().mode(Mode.OFF);
        assertTrue(Locks.tryLock(new ReentrantLock(), site));
        assertEquals(List.of(site), sink.holders);
    }

    /** What is kept of a holder is kept for those whose wait is recorded, and for nobody else. */
    @Test void nothingIsKeptOfAHolderWhileNobodyListens() throws InterruptedException {
        RecordingSink sink = new RecordingSink() {
            @Override public boolean wantsContention() {
                return false;
            }
        };
        Sinks.install(sink);
        ReentrantLock lock = new ReentrantLock();
        Object token = Locks.lock(lock, site);
        Thread waiter = new Thread(() -> {
            Object waited = Locks.lock(lock, site);
            lock.unlock();
            Locks.released(waited);
        });
        waiter.start();
        while (!lock.hasQueuedThread(waiter)) {
            Thread.onSpinWait();
        }
        lock.unlock();
        Locks.released(token);
        waiter.join();
        assertEquals(1, site.contendedCount(), "it is counted all the same");
        assertEquals(List.of(), sink.holders);
        assertEquals(List.of(), sink.calls);
    }

    /** One of an attempt is written at once, because its unlock cannot be paired with it. */
    @Test void anAcquisitionThatIsWantedIsWrittenAfterTheUnlock() {
        RecordingSink sink = new RecordingSink() {
            @Override public boolean wantsAcquisitions() {
                return true;
            }
        };
        Sinks.install(sink);
        Object token = Locks.lock(new ReentrantLock(), site);
        assertEquals("acquisition", String.join(" ", sink.calls));
        Locks.released(token);
        Locks.tryLock(new ReentrantLock(), site);
        assertEquals("acquisition commit:false acquisition commit:true", String.join(" ", sink.calls));
    }

    @Test void noClockIsReadWhileNobodyListens() {
        assertEquals(0, Locks.before(site));
        Sinks.install(new RecordingSink());
        assertTrue(Locks.before(site) != 0);
        site.gate().mode(Mode.OFF);
        assertEquals(0, Locks.before(site));
    }

    @Test void aSinkThatDoesNotListenIsNotAskedAndAllIsCountedTheSame() {
        Sinks.install(new RecordingSink() {
            @Override public boolean listens() {
                return false;
            }

            @Override public boolean wantsContention() {
                throw new AssertionError("asked");
            }
        });
        assertEquals(0, Locks.before(site));
        assertNull(Locks.entered(this, 0, site));
        assertNull(Locks.lock(new ReentrantLock(), site));
        assertTrue(Sinks.current() instanceof RecordingSink, "asked, and removed for what it threw");
        assertEquals(2, site.acquiredCount());
        RecordingSink listener = new RecordingSink();
        Sinks.install(listener);
        Locks.lock(new ReentrantLock(), site);
        assertEquals(List.of(site), listener.holders);
    }

    @Test void onlyALongWaitForAMonitorCounts() {
        Sinks.install(new RecordingSink());
        assertNull(Locks.entered(this, System.nanoTime(), site));
        assertEquals(0, site.contendedCount());
        assertNotNull(Locks.entered(this, System.nanoTime() - Locks.CONTENDED_NANOS, site));
        assertEquals(1, site.contendedCount());
        assertEquals(2, site.acquiredCount());
    }

    @Test void aSinkThatThrowsIsRemovedAndTheLockIsHeldAsIfNothingHadHappened() {
        Sinks.install(new RecordingSink() {
            @Override public boolean wantsAcquisitions() {
                throw new OutOfMemoryError("on purpose");
            }
        });
        ReentrantLock lock = new ReentrantLock();
        Locks.lock(lock, site);
        assertTrue(lock.isHeldByCurrentThread());
        assertFalse(Sinks.current() instanceof RecordingSink);
        assertEquals("on purpose", Sinks.fault().getMessage());
    }

    @Test void aNullLockFailsAsItDidBefore() {
        assertThrows(NullPointerException.class, () -> Locks.lock((ReentrantLock) null, site));
    }

    private Thread waiter(ReentrantLock lock) {
        return new Thread(() -> {
            Object token = Locks.lock(lock, site);
            lock.unlock();
            Locks.released(token);
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

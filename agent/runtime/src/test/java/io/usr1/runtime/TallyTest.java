package io.usr1.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TallyTest {

    /** More than there are places, so that some share one and some come after one that has ended. */
    private static final int THREADS = 150;
    private static final int SHARING = 4;
    private static final int EACH = 20_000;

    private final Tally tally = new Tally();

    @Test
    void nothingIsLostWhoeverCountsAtOnce() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> {
                go.countDown();
                uninterrupted(go);
                count(EACH);
                tally.add(EACH);
            }));
        }
        threads.forEach(Thread::start);
        join(threads);
        assertEquals(2L * THREADS * EACH, tally.sum());
    }

    /** A stripe that changed hands while its owner lives would lose what the owner is just adding. */
    @Test
    void threadsOfOnePlaceLoseNothing() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(SHARING);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SHARING; i++) {
            threads.add(new Numbered(() -> {
                go.countDown();
                uninterrupted(go);
                count(50 * EACH);
            }));
        }
        threads.forEach(Thread::start);
        join(threads);
        assertEquals(50L * SHARING * EACH, tally.sum());
    }

    /** Woven code is in the middle of the application's own, holding its lock. */
    @Test
    void aThreadThatCannotSayItsNumberCountsAllTheSame() throws InterruptedException {
        Thread broken = new Thread(() -> count(3)) {
            @Override public long getId() {
                throw new IllegalStateException("not ready");
            }
        };
        broken.start();
        broken.join();
        assertEquals(3, tally.sum());
    }

    @Test
    void threadsThatHaveEndedLeaveTheirCountsToThoseThatFollow() throws InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> count(3));
            thread.start();
            thread.join();
            assertEquals(3L * (i + 1), tally.sum());
        }
    }

    /** A reader takes differences, and a difference below zero would be nonsense in a recording. */
    @Test
    void itNeverGoesDown() throws InterruptedException {
        Thread counting = new Thread(() -> {
            for (int i = 0; i < THREADS; i++) {
                Thread next = new Thread(() -> count(EACH / 100));
                next.start();
                uninterrupted(next);
            }
        });
        counting.start();
        long before = 0;
        while (counting.isAlive()) {
            long now = tally.sum();
            assertTrue(now >= before, before + " became " + now);
            before = now;
        }
        assertEquals((long) THREADS * (EACH / 100), tally.sum());
    }

    /** A thread has a context class loader, and that all of an application. */
    @Test
    void aThreadThatHasEndedIsNotKept() throws InterruptedException {
        WeakReference<Thread> ended = ended();
        for (int i = 0; i < 100 && ended.get() != null; i++) {
            System.gc();
        }
        assertNull(ended.get());
        assertEquals(3, tally.sum());
    }

    private WeakReference<Thread> ended() throws InterruptedException {
        Thread thread = new Thread(() -> count(3));
        thread.start();
        thread.join();
        return new WeakReference<>(thread);
    }

    private void count(int times) {
        for (int i = 0; i < times; i++) {
            tally.increment();
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void uninterrupted(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says of itself what another says, too. */
    private static final class Numbered extends Thread {

        Numbered(Runnable task) {
            super(task);
        }

        @Override public long getId() {
            return 7;
        }
    }
}

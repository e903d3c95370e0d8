package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Sinks;
import io.usr1.runtime.Site;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a woven pool does, for the three kinds of lock. */
class WovenPoolTest {

    private static Fixture fixture;

    @BeforeAll static void compile() throws Exception {
        fixture = Fixture.compile("pool", source -> source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void aClearFlagGoesWithoutTheLock(String kind) throws Exception {
        WovenPool pool = new WovenPool(fixture, kind, Mode.BYPASS);
        pool.call("wake");
        assertEquals("open", pool.gate.state());
        assertEquals(Flag.CLEAR, pool.flag());
        assertTrue(wakesWhileHeld(pool), "a wake waited for a lock that it need not take");
        assertEquals(2, pool.<Integer>call("handled"));
        assertEquals(0L, pool.<Long>call("locks"));
        assertEquals(2, wake(pool, kind).bypassedCount());
        assertEquals(0, wake(pool, kind).acquiredCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void aSetFlagTakesTheLock(String kind) throws Exception {
        WovenPool pool = new WovenPool(fixture, kind, Mode.BYPASS);
        pool.call("wake");
        pool.call("insert");
        assertEquals(Flag.SET, pool.flag());
        assertFalse(wakesWhileHeld(pool), "a wake of a listed connection went without the lock");
        assertEquals(1L, pool.<Long>call("locks"));
        assertEquals(1, pool.<Integer>call("idleHandled"));
        assertTrue(pool.<Boolean>call("listed"), "it was inserted again");
        assertEquals(Flag.SET, pool.flag());
        assertEquals(1, wake(pool, kind).bypassedCount());
        assertEquals(1, wake(pool, kind).acquiredCount());
        assertTrue(pool.<Boolean>call("get"));
        pool.call("attach");
        assertEquals(Flag.CLEAR, pool.flag());
        pool.call("wake");
        assertEquals(2, wake(pool, kind).bypassedCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void aShutGateTakesTheLock(String kind) throws Exception {
        WovenPool pool = new WovenPool(fixture, kind, Mode.BYPASS);
        pool.call("wake");
        pool.gate.shut("a test");
        assertFalse(wakesWhileHeld(pool));
        pool.gate.mode(Mode.BYPASS);
        assertFalse(wakesWhileHeld(pool), "a gate that was shut opened again");
        assertEquals(1, wake(pool, kind).bypassedCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void aStolenCarrierStaysSet(String kind) throws Exception {
        WovenPool pool = new WovenPool(fixture, kind, Mode.BYPASS);
        pool.call("insert");
        assertTrue(pool.<Boolean>call("steal"));
        pool.call("attach");
        assertEquals(Flag.CLEAR, pool.flag());
        assertEquals(Flag.SET, ((Carrier) pool.call("firstCarrier")).usr1$flag());
        pool.call("wakeFirst");
        assertEquals(1L, pool.<Long>call("stale"));
        assertEquals(0, pool.<Integer>call("handled"));
        assertEquals(0, wake(pool, kind).bypassedCount());
    }

    /** The marks and the wake that came too late, told to whoever asks; the pool does what it did before. */
    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void marksAndStaleWakesAreTold(String kind) throws Exception {
        WovenPool pool = new WovenPool(fixture, kind, Mode.OBSERVE);
        Told told = new Told();
        Sinks.install(told);
        try {
            pool.call("insert");
            assertEquals(List.of(), told.calls);
            Sinks.trace(true);
            pool.call("get");
            pool.call("attach");
            pool.call("insert");
            assertTrue(pool.<Boolean>call("steal"));
            pool.call("attach");
            pool.call("wake");
            pool.call("wakeFirst");
        } finally {
            Sinks.install(null);
        }
        assertEquals(List.of("attached", "inserting", "attached", "stale pool." + kind + "Wake#wake"), told.calls);
        assertEquals(1L, pool.<Long>call("stale"));
        assertEquals(0, pool.gate.violations());
    }

    @Test void anAttachOfAConnectionThatIsStillListedDoesNotClear() throws Exception {
        WovenPool pool = new WovenPool(fixture, "Reentrant", Mode.BYPASS);
        pool.call("insert");
        pool.call("attach");
        assertEquals(Flag.SET, pool.flag());
        pool.call("get");
        pool.call("attach");
        assertEquals(Flag.CLEAR, pool.flag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reentrant", "Monitor", "Spin"})
    void auditReportsAClearFlagOnAListedConnection(String kind) throws Exception {
        WovenPool pool = new WovenPool(fixture, kind, Mode.AUDIT);
        pool.call("insert");
        pool.call("wake");
        assertEquals(0, pool.gate.violations());
        ((Carrier) pool.call("carrier")).usr1$flag(Flag.CLEAR);
        pool.call("wake");
        assertEquals(1, pool.gate.violations());
        assertEquals(2L, pool.<Long>call("locks"));
    }

    @Test void acquisitionsAreCountedWhereTheyAreObserved() throws Exception {
        WovenPool pool = new WovenPool(fixture, "Reentrant", Mode.OBSERVE);
        pool.call("insert");
        pool.call("get");
        pool.call("insert");
        assertTrue(pool.<Boolean>call("steal"));
        assertEquals(2, acquired(pool, "insert", 0));
        assertEquals(2, acquired(pool, "insert", 1));
        assertEquals(2, acquired(pool, "insert", 2));
        assertEquals(1, acquired(pool, "get", 0));
        assertEquals(1, acquired(pool, "takeover", 0));
        pool.holding(() -> inAnotherThread(() -> assertFalse(pool.<Boolean>call("steal"))));
        assertEquals(1, pool.gate.sites().stream().filter(site -> site.role().equals("takeover")).findFirst().orElseThrow().failedTryCount());
    }

    @Test void theSameWeaveIsTheSameBytes() throws Exception {
        WovenPool pool = new WovenPool(fixture, "Reentrant", Mode.BYPASS);
        for (String name : pool.plan.classes()) {
            assertArrayEquals(pool.woven.get(name), pool.plan.weave(name, fixture.bytes(name), pool.gate.number()), name);
        }
    }

    /** Whether a wake on another thread ends while this thread holds all locks; waits for it in any case. */
    private static boolean wakesWhileHeld(WovenPool pool) {
        CountDownLatch done = new CountDownLatch(1);
        Thread waker = new Thread(() -> {
            pool.call("wake");
            done.countDown();
        });
        boolean[] ended = new boolean[1];
        pool.holding(() -> {
            waker.start();
            ended[0] = await(done, waker);
        });
        join(waker);
        return ended[0];
    }

    /** Ends when the wake did, or when its thread certainly waits for a lock. */
    private static boolean await(CountDownLatch done, Thread waker) {
        for (int looks = 0; looks < 200; looks++) {
            try {
                if (done.await(5, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            boolean spins = Arrays.stream(waker.getStackTrace()).anyMatch(frame -> frame.getClassName().equals("pool.SpinLock"));
            if (waker.getState() == Thread.State.BLOCKED || waker.getState() == Thread.State.WAITING || spins) {
                return false;
            }
        }
        return false;
    }

    private static void inAnotherThread(Runnable action) {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(action);
        thread.setUncaughtExceptionHandler((dead, cause) -> thrown[0] = cause);
        thread.start();
        join(thread);
        assertEquals(null, thrown[0]);
    }

    private static void join(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertFalse(thread.isAlive(), "the thread hangs");
    }

    private static Site wake(WovenPool pool, String kind) {
        return pool.gate.sites().stream().filter(site -> site.method().equals("pool." + kind + "Wake#wake")).findFirst().orElseThrow();
    }

    private static long acquired(WovenPool pool, String role, int which) {
        return pool.gate.sites().stream().filter(site -> site.role().equals(role)).skip(which).findFirst().orElseThrow().acquiredCount();
    }
}

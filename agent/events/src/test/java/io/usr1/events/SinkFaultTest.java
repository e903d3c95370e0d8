package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Sink;
import io.usr1.runtime.Sinks;
import io.usr1.runtime.Site;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that throws, whichever of its methods it is, is removed; the application keeps its lock and goes on. */
class SinkFaultTest {

    private final Gate gate = Gates.create("fixture", "app", Mode.OBSERVE);
    private final Site site = gate.site("wake", "Mux#wake");
    private final Error thrown = new LinkageError("provoked");
    private int calls;

    @AfterEach void restore() {
        Sinks.install(null);
        Gates.drop(gate);
    }

    @ParameterizedTest @ValueSource(strings = {"wantsContention", "wantsAcquisitions", "waiting", "acquired", "commit", "acquisition"})
    void aLockThatCanBeTried(String faulty) throws Exception {
        Sinks.install(throwingIn(faulty));
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Thread waiter = new Thread(() -> {
            Object token = Locks.lock(lock, site);
            lock.unlock();
            Locks.released(token);
        });
        waiter.start();
        while (!lock.hasQueuedThread(waiter)) {
            Thread.onSpinWait();
        }
        lock.unlock();
        waiter.join();
        assertFalse(lock.isLocked());
        assertEquals(1, site.contendedCount());
        assertRemoved();
    }

    @ParameterizedTest @ValueSource(strings = {"wantsContention", "wantsAcquisitions", "entering", "acquisition", "waited", "acquired", "commit"})
    void aLockThatCannot(String faulty) {
        Sinks.install(throwingIn(faulty));
        ReentrantLock lock = new ReentrantLock();
        Lock slow = (Lock) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Lock.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("lock")) {
                for (long start = System.nanoTime(); System.nanoTime() - start < 50_000; ) {
                    Thread.onSpinWait();
                }
            }
            return method.invoke(lock, arguments);
        });
        Object token = Locks.lock(slow, site);
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        Locks.keepsHolding(token);
        assertRemoved();
    }

    private void assertRemoved() {
        assertSame(thrown, Sinks.fault());
        int before = calls;
        Locks.tryLock(new ReentrantLock(), site);
        assertEquals(before, calls, "the sink is still asked");
    }

    private Sink throwingIn(String faulty) {
        return (Sink) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Sink.class}, (proxy, method, arguments) -> {
            calls++;
            if (method.getName().equals(faulty)) {
                throw thrown;
            }
            return method.getReturnType() == boolean.class ? Boolean.TRUE : method.getReturnType() == void.class ? null : "token";
        });
    }
}

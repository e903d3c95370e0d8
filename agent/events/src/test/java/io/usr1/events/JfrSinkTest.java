package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.runtime.Site;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JfrSinkTest {

    private static final long LONG = 1_000_000;

    private final Gate gate = Gates.create("fixture", "app", Mode.OBSERVE);
    private final Site site = gate.site("get", "Pool#get");
    private final EventThread thread = new EventThread();
    private final JfrSink sink = new JfrSink(new Findings(thread, line -> { }), 1);

    @AfterEach void restore() {
        thread.close();
        Gates.drop(gate);
    }

    /** A lock of the pool's own that takes an observed lock inside: the begun event is the inner one's. */
    @Test void aWaitWhoseBeginningWasOverwrittenIsCountedAndNotRecordedTooShort() {
        sink.entering(1);
        sink.entering(2);
        assertNotNull(sink.waited(site, this, 2, LONG));
        assertNull(sink.waited(site, this, 1, LONG));
        assertEquals(1, site.droppedCount());
    }

    @Test void eachThreadHasAnEventOfItsOwn() throws InterruptedException {
        sink.entering(1);
        AtomicReference<Object> other = new AtomicReference<>(this);
        Thread stranger = new Thread(() -> other.set(sink.waited(site, this, 1, LONG)));
        stranger.start();
        stranger.join();
        assertNull(other.get());
        assertNotNull(sink.waited(site, this, 1, LONG));
    }

    @Test void aLockThatIsNoObjectOfItsOwnHasNoClass() {
        LockContention event = (LockContention) sink.waiting(site, null, null, Long.MIN_VALUE);
        assertNull(event.monitorClass);
        assertEquals("Pool#get", event.site);
    }

    @Test void aHolderIsKnownByTheLockItHoldsAndNotByAnother() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        sink.holds(site, lock);
        Thread self = Thread.currentThread();
        assertEquals("Pool#get", ((LockContention) sink.waiting(site, lock, self, 0)).previousOwnerSite);
        assertNull(((LockContention) sink.waiting(site, new ReentrantLock(), self, 0)).previousOwnerSite);
        Thread stranger = new Thread(() -> { });
        assertNull(((LockContention) sink.waiting(site, lock, stranger, 0)).previousOwnerSite);
        sink.holds(site, new ReentrantLock());
        assertNull(((LockContention) sink.waiting(site, lock, self, 0)).previousOwnerSite, "it took another one inside");
    }

    @Test void belowTheThresholdNothingIsCountedAsDropped() {
        for (int i = 0; i < 2; i++) {
            Object token = sink.waiting(site, this, null, 0);
            sink.acquired(token, 1);
            sink.commit(token, false);
        }
        assertEquals(0, site.droppedCount());
    }
}

package io.usr1.events;

import io.usr1.runtime.Locks;
import io.usr1.runtime.Site;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;

/** One wait for a ReentrantLock, one for a monitor, one whose holder has ended when the event is written. */
final class ContentionMain {

    private static final Site WAKE = Fixture.GATE.site("wake", "Mux#wake");
    private static final Site GET = Fixture.GATE.site("get", "Pool#get");
    private static final Site INSERT = Fixture.GATE.site("insert", "Pool#insert");
    private static final Site DEAD = Fixture.GATE.site("takeover", "Pool#takeover");

    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        Fixture.openOwners();
        try (Events events = Fixture.start(1000); Recording recording = new Recording()) {
            if (arguments.length > 0) {
                recording.enable("io.usr1.LockAcquisition");
                recording.enable("io.usr1.Takeover");
            }
            recording.start();
            reentrantLock();
            monitor();
            deadOwner();
            List<RecordedEvent> all = Fixture.stop(recording);
            Fixture.only(all, LockAcquisition.class).forEach(ContentionMain::printAcquisition);
            Fixture.print("takeovers", Fixture.only(all, Takeover.class).stream().map(event -> event.getString("site")).toList());
            List<RecordedEvent> found = Fixture.only(all, LockContention.class);
            Fixture.print("events", found.size());
            found.forEach(ContentionMain::print);
        }
    }

    private static void reentrantLock() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            Object token = Locks.lock(lock, INSERT);
            held.countDown();
            Fixture.holdUntilQueued(lock);
            lock.unlock();
            Locks.released(token);
            await(written);
        }, "the holder");
        holder.start();
        held.await();
        Fixture.print("wake.identity", System.identityHashCode(lock));
        Fixture.print("wake.ownerId", holder.getId());
        wake(lock);
        written.countDown();
        holder.join();
    }

    /** Stands for woven code: the frame that a user looks for. */
    private static void wake(ReentrantLock lock) {
        long start = System.nanoTime();
        Object token = Locks.lock(lock, WAKE);
        long entered = System.nanoTime();
        Fixture.holdAWhile();
        lock.unlock();
        long left = System.nanoTime();
        Locks.released(token);
        Fixture.print("wake.waitedNanos", entered - start);
        Fixture.print("wake.heldNanos", left - entered);
        Fixture.print("wake.allNanos", System.nanoTime() - start);
    }

    private static void monitor() throws InterruptedException {
        Object pool = new Object();
        CountDownLatch held = new CountDownLatch(1);
        Thread waiter = Thread.currentThread();
        Thread holder = new Thread(() -> {
            synchronized (pool) {
                held.countDown();
                while (waiter.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                Fixture.holdAWhile();
            }
        });
        holder.start();
        held.await();
        get(pool);
        holder.join();
    }

    private static void get(Object pool) {
        long start = Locks.before(GET);
        synchronized (pool) {
            Object token = Locks.entered(pool, start, GET);
            Locks.keepsHolding(token);
        }
    }

    private static void deadOwner() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            lock.lock();
            held.countDown();
            Fixture.holdUntilQueued(lock);
            lock.unlock();
        }, "the late holder");
        holder.start();
        held.await();
        Object token = Locks.lock(lock, DEAD);
        lock.unlock();
        holder.join();
        Locks.released(token);
    }

    private static void print(RecordedEvent event) {
        String role = event.getString("role") + ".";
        RecordedThread owner = event.getValue("previousOwner");
        Fixture.print(role + "nanos", event.getDuration().toNanos());
        Fixture.print(role + "site", event.getString("site"));
        Fixture.print(role + "owner", owner == null ? "none" : owner.getJavaName());
        Fixture.print(role + "ownerName", event.getString("previousOwnerName"));
        Fixture.print(role + "previousOwnerId", event.getLong("previousOwnerId"));
        Fixture.print(role + "queue", event.getLong("queueLength"));
        Fixture.print(role + "ownerRole", event.getString("previousOwnerRole"));
        Fixture.print(role + "ownerSite", event.getString("previousOwnerSite"));
        Fixture.print(role + "pool", event.getString("pool"));
        Fixture.print(role + "hold", event.getLong("holdTime"));
        Fixture.print(role + "inside", event.getBoolean("insideLock"));
        Fixture.print(role + "address", event.getLong("address"));
        Fixture.print(role + "class", event.getClass("monitorClass").getName());
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        int ours = 0;
        while (!frames.get(ours).getMethod().getType().getName().equals(ContentionMain.class.getName())) {
            ours++;
        }
        Fixture.print(role + "agentFrames", ours);
        Fixture.print(role + "frame", frames.get(ours).getMethod().getName());
    }

    private static void printAcquisition(RecordedEvent event) {
        String role = "acquired." + event.getString("role") + ".";
        Fixture.print(role + "contended", event.getBoolean("contended"));
        Fixture.print(role + "inside", event.getBoolean("insideLock"));
        Fixture.print(role + "nanos", event.getDuration().toNanos());
        Fixture.print(role + "pool", event.getString("pool"));
        Fixture.print(role + "thread", event.getThread().getJavaThreadId());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

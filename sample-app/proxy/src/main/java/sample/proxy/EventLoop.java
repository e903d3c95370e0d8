package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One thread, its selector and its connections. A turn is: wait for ready keys, queue their handles, run what other threads have
 * sent, wake the queued handles, fire the timers.
 */
final class EventLoop implements Runnable {
    private static final long ORIGIN = System.nanoTime();
    final IdleConns idle;
    final LoopCounters counters;
    final Server server;
    final Settings settings;
    final Thief thief;
    final Purge purge;
    final AvailConns avail = new AvailConns();
    final TimerQueue timers = new TimerQueue();
    final BufferPool inputs = new BufferPool(Settings.INPUT_BUFFER);
    final BufferPool outputs = new BufferPool(Settings.OUTPUT_BUFFER);
    /** For TLS, records of either direction. */
    final BufferPool records = new BufferPool(Settings.TLS_RECORD);
    /** Heads are generated here and then copied, so that one that turns out too large leaves nothing behind. Flush mode. */
    final ByteBuffer headScratch = ByteBuffer.allocate(Settings.LARGEST_PIECE).flip();
    /** The same for frames, one call's. */
    final ByteBuffer frameScratch = ByteBuffer.allocate(Settings.LARGEST_PIECE + 2048).flip();
    /** The client connections of this loop. They never leave it. */
    final Set<FrontConnection> fronts = new HashSet<>();

    private final Wake wake;
    /** Others only register with it. */
    final Selector selector;
    private final Thread thread;
    private final ArrayDeque<Handle> runQueue = new ArrayDeque<>();
    private final ArrayDeque<Handle> retired = new ArrayDeque<>();
    /** What other threads want done here: many producers, this thread the one consumer. */
    private final Queue<Runnable> remote = new ConcurrentLinkedQueue<>();
    /** True while the thread is in, or about to enter, a blocking select. Who turns it off has to wake the selector. */
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private long now;
    private boolean failed;
    private boolean stopping;
    private long stopBy;

    EventLoop(int index, Settings settings, Server server, EventLoop[] loops, IdleConnsFactory idleConns) throws IOException {
        this.settings = settings;
        this.server = server;
        this.counters = new LoopCounters(settings.timeLocks());
        this.idle = idleConns.create(settings.lock(), counters, server.pool);
        this.purge = new Purge(this, settings.pool().purgeMillis());
        this.thief = new Thief(this, loops, settings.wakeInsideLock());
        this.wake = Wake.of(settings.lock());
        this.selector = Selector.open();
        this.thread = new Thread(this, "loop-" + index);
    }

    /** Makes a loop's idle list; the tests put theirs here. */
    interface IdleConnsFactory {
        IdleConns create(LockKind kind, LoopCounters counters, IdlePool pool);
    }

    void start() {
        thread.start();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        while (!isDone()) {
            try {
                turn();
            } catch (Exception | AssertionError | VirtualMachineError e) {
                broken(e); // not of any one connection; the loop goes on
            }
        }
        shutDown();
    }

    private void turn() throws IOException {
        select();
        now = System.nanoTime() - ORIGIN;
        for (Runnable task = remote.poll(); task != null; task = remote.poll()) {
            task.run();
        }
        for (Handle handle = runQueue.poll(); handle != null; handle = runQueue.poll()) {
            handle.queued = false;
            run(handle);
        }
        for (ConnectionTimer timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            fire(timer);
        }
        purge.run(now);
    }

    private void select() throws IOException {
        cancelRetired();
        sleeping.set(true);
        if (remote.isEmpty() && runQueue.isEmpty()) {
            long wait = millisToNextTimer();
            if (wait > 0) {
                selector.select(this::ready, wait);
            } else {
                selector.selectNow(this::ready);
            }
            sleeping.set(false);
        } else {
            sleeping.set(false);
            selector.selectNow(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        queue((Handle) key.attachment());
    }

    private long millisToNextTimer() {
        long due = Math.min(Math.min(timers.nextDue(), purge.due()), stopping ? stopBy : ConnectionTimer.NEVER);
        if (due == ConnectionTimer.NEVER) {
            return Integer.MAX_VALUE;
        }
        long left = due - (System.nanoTime() - ORIGIN);
        return left <= 0 ? 0 : 1 + left / 1_000_000;
    }

    /** Queues a handle of this loop, once. Owner thread. */
    void queue(Handle handle) {
        if (!handle.queued) {
            handle.queued = true;
            runQueue.add(handle);
        }
    }

    private void run(Handle handle) {
        try {
            handle.run(wake);
        } catch (Exception | AssertionError | VirtualMachineError e) {
            broken(e);
            failed(handle);
        }
    }

    /** The connection broke its own handler: close it, unless another loop has it by now. */
    private void failed(Handle handle) {
        try {
            Connection connection = idle.expire(handle.timer(), Long.MAX_VALUE);
            if (connection != null) {
                connection.fail();
            }
        } catch (Exception e) {
            broken(e);
        }
    }

    /** Counts what should not have happened, and says what the first of it was. Owner thread. */
    void broken(Throwable failure) {
        counters.loopFailure();
        if (!failed) {
            failed = true;
            failure.printStackTrace();
        }
    }

    private void fire(ConnectionTimer timer) {
        Connection connection = idle.expire(timer, now);
        try {
            if (connection != null) {
                connection.expired();
            } else if (timer.due != ConnectionTimer.NEVER) {
                timers.schedule(timer, timer.due);
            }
        } catch (Exception | AssertionError | VirtualMachineError e) {
            broken(e);
            connection.fail();
        }
    }

    /**
     * The connection of this handle was taken over: its timer and key go. The key goes only just before the next select, which drops
     * it for good: if the connection comes back in between, its key is still valid and merely gets a new handle.
     */
    void retire(Handle handle) {
        timers.remove(handle.timer());
        if (handle.key != null) {
            retired.add(handle);
        }
    }

    private void cancelRetired() {
        for (Handle handle = retired.poll(); handle != null; handle = retired.poll()) {
            if (handle.key.attachment() == handle) {
                handle.key.cancel();
            }
        }
    }

    /** Runs {@code task} on this loop's thread, in the order of the calls. Any thread. */
    void execute(Runnable task) {
        remote.add(task);
        if (sleeping.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    /** Wakes a handle of this loop. Any thread. */
    void wakeFromOutside(Handle handle) {
        execute(() -> queue(handle));
    }

    /** Nanoseconds since the process began to count, as of the beginning of this turn. Comparable between loops. */
    long now() {
        return now;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Closes what is idle and lets what is under way finish, for {@code graceMillis} at most. Any thread, once. */
    void stop(long graceMillis) {
        execute(() -> {
            stopping = true;
            stopBy = now + graceMillis * 1_000_000;
            for (BackConnection connection = idle.drain(); connection != null; connection = idle.drain()) {
                connection.close();
            }
            for (FrontConnection front : Set.copyOf(fronts)) {
                front.stopping();
            }
        });
    }

    /** The server goes into maintenance, and refuses inserts already: closes what is idle. Any thread. */
    void closeIdle() {
        execute(() -> {
            for (BackConnection connection = idle.takeOldest(); connection != null; connection = idle.takeOldest()) {
                connection.close();
            }
            Set.copyOf(fronts).forEach(FrontConnection::closeIdle);
        });
    }

    private boolean isDone() {
        return stopping && (fronts.isEmpty() || now >= stopBy);
    }

    private void shutDown() {
        for (FrontConnection front : Set.copyOf(fronts)) {
            front.fail();
        }
        avail.closeAll();
        try {
            selector.close(); // drops every key that is left, so that no descriptor outlives its channel
        } catch (IOException e) {
            broken(e);
        }
    }

    /** This loop's counters, added to {@code sums} by its own thread, or by the caller once the loop has ended. Any thread. */
    void report(Map<String, Long> sums) throws InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            addTo(sums);
            done.complete(null);
        });
        while (thread.isAlive()) {
            try {
                done.get(10, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                // busy, or just ended without having run the task
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // never: nothing completes it that way
            }
        }
        if (!done.isDone()) {
            addTo(sums); // the thread has ended, and is seen to have: so is all that it wrote
        }
    }

    private void addTo(Map<String, Long> sums) {
        counters.addTo(sums);
        sums.merge("idleConnections", (long) idle.size(), Long::sum);
    }
}

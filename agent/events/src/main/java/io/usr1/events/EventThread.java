package io.usr1.events;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread that writes all periodic events. Flight Recorder calls periodic hooks on its own thread but those of a
 * chunk's end on whatever thread ends the recording, and JDK Mission Control draws a line only through events of one
 * thread. The thread is started by the first task.
 */
final class EventThread implements AutoCloseable {

    /** Flight Recorder holds its own lock while it waits for the hook of a chunk's end: better a lost row than a JVM that hangs. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), EventThread::thread);

    /** Runs the task there and waits for its end; called by threads of Flight Recorder. */
    void run(Runnable task) {
        try {
            executor.submit(task).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException lost) {
            // Tasks catch and log their own faults; closed or late is nothing that Flight Recorder could do about.
        }
    }

    /** Runs the task there some time; never blocks, so it may be called while holding a lock of the application. */
    void later(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closed) {
            // The agent is being switched off.
        }
    }

    /** Waits for what was given to {@link #later}: the JVM may end next, and would take a daemon's work along. */
    @Override public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable tasks) {
        Thread thread = new Thread(tasks, "usr1-events");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}

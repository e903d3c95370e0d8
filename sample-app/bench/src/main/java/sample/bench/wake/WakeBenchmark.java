package sample.bench.wake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import sample.bench.wake.pool.Connection;
import sample.bench.wake.pool.IdleConns;
import sample.bench.wake.pool.LockKind;
import sample.bench.wake.pool.PatchedWakes;
import sample.bench.wake.pool.Tasklet;
import sample.bench.wake.pool.Wakes;

/** One wake a call. Each thread has a connection of its own; all share one list and its lock. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WakeBenchmark {

    /** The property that names the settings of a recording that is to run; without it there is none. */
    static final String SETTINGS = "wake.settings";

    /** The property that names the file to which each thread adds how many wakes it had. */
    static final String WAKES = "wake.wakes";

    /** What the threads share. */
    @State(Scope.Benchmark)
    public static class Pool {
        /** The lock. */
        @Param
        public LockKind kind;
        IdleConns idle;
        IdleConns thiefs;
        private Recording recording;

        /** A new list. */
        @Setup
        public void make() throws IOException, ParseException {
            String settings = System.getProperty(SETTINGS);
            if (settings != null) {
                recording = new Recording(Configuration.create(Path.of(settings)));
                recording.start();
            }
            idle = new IdleConns(kind);
            thiefs = new IdleConns(kind);
        }

        /** Ends the recording. */
        @TearDown
        public void end() {
            if (recording != null) {
                recording.close();
            }
        }
    }

    /** What a thread has to itself. */
    @State(Scope.Thread)
    public static class Own {
        Connection connection;
        Tasklet tasklet;

        /** A connection in use: its flag is clear. */
        @Setup
        public void make(Pool pool) {
            connection = new Connection(pool.idle);
            connection.attach();
            tasklet = connection.tasklet();
            afterwards(pool.idle);
        }

        void afterwards(IdleConns idle) {
        }

        /** Written by one thread at a time: a short append of a small file is one write. */
        @TearDown
        public void tell() throws IOException {
            String file = System.getProperty(WAKES);
            if (file != null) {
                Files.writeString(Path.of(file), connection.wakes() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    /** What a thread has to itself whose connection has gone idle: its flag stays set. */
    @State(Scope.Thread)
    public static class Unused extends Own {

        /** The first wake takes it out again. */
        @Override
        void afterwards(IdleConns idle) {
            idle.insert(connection);
        }
    }

    /** The same, patched by hand. */
    @State(Scope.Thread)
    public static class UnusedPatched extends Own {
        @Override
        void afterwards(IdleConns idle) {
            idle.insertPatched(connection);
        }
    }

    /** The wake of a connection in use. */
    @Benchmark
    public long busy(Pool pool, Own own) {
        wake(pool.kind, own.tasklet);
        return own.connection.handled();
    }

    /** The same, patched by hand. */
    @Benchmark
    public long busyPatched(Pool pool, Own own) {
        wakePatched(pool.kind, own.tasklet);
        return own.connection.handled();
    }

    /** A wake that finds the flag set. */
    @Benchmark
    public long set(Pool pool, Unused own) {
        return busy(pool, own);
    }

    /** The same, patched by hand. */
    @Benchmark
    public long setPatched(Pool pool, UnusedPatched own) {
        return busyPatched(pool, own);
    }

    /** Into the list, a wake that finds it there and unlinks it, and back to use. */
    @Benchmark
    public long idle(Pool pool, Own own) {
        pool.idle.insert(own.connection);
        wake(pool.kind, own.tasklet);
        own.connection.attach();
        return own.connection.handled();
    }

    /** The same, patched by hand. */
    @Benchmark
    public long idlePatched(Pool pool, Own own) {
        pool.idle.insertPatched(own.connection);
        wakePatched(pool.kind, own.tasklet);
        own.connection.attachPatched();
        return own.connection.handled();
    }

    /** The wake of a connection in use, while a thief looks into the list again and again. */
    @Benchmark
    @Group("robbed")
    @GroupThreads(1)
    public long owner(Pool pool, Own own) {
        return busy(pool, own);
    }

    /** That thief. */
    @Benchmark
    @Group("robbed")
    @GroupThreads(1)
    public boolean thief(Pool pool) {
        return pool.idle.scan(pool.thiefs);
    }

    /** The same two, patched by hand. */
    @Benchmark
    @Group("robbedPatched")
    @GroupThreads(1)
    public long ownerPatched(Pool pool, Own own) {
        return busyPatched(pool, own);
    }

    /** That thief. */
    @Benchmark
    @Group("robbedPatched")
    @GroupThreads(1)
    public boolean thiefPatched(Pool pool) {
        return pool.idle.scan(pool.thiefs);
    }

    private static void wake(LockKind kind, Tasklet tasklet) {
        switch (kind) {
            case REENTRANT -> Wakes.reentrant(tasklet);
            case LOCK -> Wakes.lock(tasklet);
            case READ_WRITE -> Wakes.readWrite(tasklet);
            case STAMPED -> Wakes.stamped(tasklet);
            case MONITOR -> Wakes.monitor(tasklet);
            case METHOD -> Wakes.method(tasklet);
            default -> Wakes.spin(tasklet);
        }
    }

    private static void wakePatched(LockKind kind, Tasklet tasklet) {
        switch (kind) {
            case REENTRANT -> PatchedWakes.reentrant(tasklet);
            case LOCK -> PatchedWakes.lock(tasklet);
            case READ_WRITE -> PatchedWakes.readWrite(tasklet);
            case STAMPED -> PatchedWakes.stamped(tasklet);
            case MONITOR -> PatchedWakes.monitor(tasklet);
            case METHOD -> PatchedWakes.method(tasklet);
            default -> PatchedWakes.spin(tasklet);
        }
    }
}

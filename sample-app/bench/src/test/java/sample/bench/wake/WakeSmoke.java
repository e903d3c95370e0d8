package sample.bench.wake;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import sample.bench.wake.pool.Connection;
import sample.bench.wake.pool.IdleConns;
import sample.bench.wake.pool.LockKind;
import sample.bench.wake.pool.PatchedWakes;
import sample.bench.wake.pool.Tasklet;
import sample.bench.wake.pool.Wakes;

/**
 * In a JVM with the agent, for one kind of lock: the woven wake, its twin patched by hand, and that twin with its flag set, which takes the
 * lock as the wake did before. Short rounds in turns; prints the medians in nanoseconds, and how often each had to wait beside a thief.
 */
final class WakeSmoke {

    private static final int WAKES = 20_000;
    private static final int WARM = 150;
    private static final int ROUNDS = 151;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private WakeSmoke() {
    }

    public static void main(String[] args) throws InterruptedException {
        LockKind kind = LockKind.valueOf(args[0]);
        IdleConns idle = new IdleConns(kind);
        Tasklet clear = inUse(idle);
        Tasklet set = listedBefore(kind, idle);
        List<IntConsumer> contenders = List.of(count -> woven(kind, clear, count), count -> patched(kind, clear, count), count -> patched(kind, set, count));
        double[] medians = medians(contenders);
        System.out.println("nanos " + medians[0] + " " + medians[1] + " " + medians[2]);
        if (kind != LockKind.SPIN) { // a thread that spins never waits in the JVM's sense
            System.out.println("waits " + waits(kind, idle, contenders.get(0), contenders.get(2)));
        }
        System.out.println("end");
    }

    private static Tasklet inUse(IdleConns idle) {
        Connection connection = new Connection(idle);
        connection.attach();
        connection.attachPatched();
        return connection.tasklet();
    }

    /** It was listed, and its wake has unlinked it: the flag stays set until it is put to use again. */
    private static Tasklet listedBefore(LockKind kind, IdleConns idle) {
        Connection connection = new Connection(idle);
        idle.insertPatched(connection);
        patched(kind, connection.tasklet(), 1);
        return connection.tasklet();
    }

    private static double[] medians(List<IntConsumer> contenders) {
        double[][] nanos = new double[contenders.size()][ROUNDS];
        for (int round = -WARM; round < ROUNDS; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                int which = Math.floorMod(round + i, contenders.size());
                long start = System.nanoTime();
                contenders.get(which).accept(WAKES);
                if (round >= 0) {
                    nanos[which][round] = (System.nanoTime() - start) / (double) WAKES;
                }
            }
        }
        return Arrays.stream(nanos).mapToDouble(own -> Arrays.stream(own).sorted().toArray()[ROUNDS / 2]).toArray();
    }

    /** Of as many wakes each, until the locked one had to wait: a thief is at the lock all the time. */
    private static String waits(LockKind kind, IdleConns idle, IntConsumer woven, IntConsumer locked) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread thief = new Thread(() -> {
            IdleConns own = new IdleConns(kind);
            while (!over.get()) {
                idle.scan(own);
            }
        }, "thief");
        thief.start();
        long wovenWaits = 0;
        long lockedWaits = 0;
        long start = System.nanoTime();
        while (lockedWaits == 0 && System.nanoTime() - start < PATIENCE) {
            wovenWaits += waited(woven);
            lockedWaits += waited(locked);
        }
        over.set(true);
        thief.join();
        return wovenWaits + " " + lockedWaits;
    }

    private static long waited(IntConsumer contender) {
        long before = waited();
        contender.accept(WAKES);
        return waited() - before;
    }

    private static long waited() {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
        return info.getBlockedCount() + info.getWaitedCount();
    }

    private static void woven(LockKind kind, Tasklet tasklet, int count) {
        for (int i = 0; i < count; i++) {
            switch (kind) {
                case REENTRANT -> Wakes.reentrant(tasklet);
                case MONITOR -> Wakes.monitor(tasklet);
                default -> Wakes.spin(tasklet);
            }
        }
    }

    private static void patched(LockKind kind, Tasklet tasklet, int count) {
        for (int i = 0; i < count; i++) {
            switch (kind) {
                case REENTRANT -> PatchedWakes.reentrant(tasklet);
                case MONITOR -> PatchedWakes.monitor(tasklet);
                default -> PatchedWakes.spin(tasklet);
            }
        }
    }
}

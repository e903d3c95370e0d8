package pools;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Started in a JVM of its own: uses a pool from several threads and prints what was counted, one {@code name value} a line.
 * {@code count WORK THREADS AUDITED BYPASSED}: so many rounds in audit and then in bypass; {@code time WORK THREADS MILLIS}: rounds in a time.
 */
public final class PoolRun {

    private final Work work;
    private final int threads;

    private PoolRun(Work work, int threads) {
        this.work = work;
        this.threads = threads;
    }

    public static void main(String[] args) throws Exception {
        Work work = (Work) Class.forName("pools." + args[1]).getDeclaredConstructor().newInstance();
        PoolRun run = new PoolRun(work, Integer.parseInt(args[2]));
        work.start(run.threads);
        try {
            if (args[0].equals("count")) {
                run.count(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            } else {
                run.time(Integer.parseInt(args[3]));
            }
        } finally {
            work.stop();
        }
        System.out.println("end 0");
    }

    private void count(int audited, int bypassed) throws Exception {
        rounds(audited);
        work.rest();
        Counters.print("audit");
        Counters.mode("bypass");
        Tally.reset();
        Counters counters = Counters.now();
        rounds(bypassed);
        work.rest();
        counters.printSince("bypass");
        Tally.print();
    }

    /** A first part that is not timed lets the JIT compile. */
    private void time(int millis) throws Exception {
        long[] done = new long[threads];
        during(millis / 2, done);
        long start = System.nanoTime();
        done = new long[threads];
        during(millis, done);
        long nanos = System.nanoTime() - start;
        long sum = 0;
        for (long one : done) {
            sum += one;
        }
        System.out.println("rounds-per-second " + sum * 1_000_000_000 / nanos);
    }

    private void during(int millis, long[] done) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        all(thread -> {
            int number = 0;
            while (System.nanoTime() < end) {
                work.round(thread, number++);
            }
            done[thread] = number;
        });
    }

    private void rounds(int sum) throws Exception {
        all(thread -> {
            for (int n = 0; n < sum / threads; n++) {
                work.round(thread, n);
            }
        });
    }

    private interface Part {
        void run(int thread) throws Exception;
    }

    private void all(Part part) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(pool.submit((Callable<Void>) () -> {
                    part.run(thread);
                    return null;
                }));
            }
            for (Future<Void> one : running) {
                one.get(5, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
}

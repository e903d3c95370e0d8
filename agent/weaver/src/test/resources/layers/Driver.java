package layers;

import java.util.ArrayList;
import java.util.List;

/** What the test drives, in plain types. */
public final class Driver {
    private final List<Loop> loops = new ArrayList<>();

    public Driver(int threads, int rounds) {
        for (int i = 0; i < threads; i++) {
            loops.add(new Loop(loops, i, rounds));
        }
        for (Loop loop : loops) {
            for (int i = 0; i < 6; i++) {
                loop.open(i % 3 != 0);
            }
        }
    }

    /** All loops, each on a thread of its own, to the end. */
    public void run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        for (Loop loop : loops) {
            Thread thread = new Thread(loop, "loop-" + loops.indexOf(loop));
            thread.setUncaughtExceptionHandler((dead, cause) -> {
                synchronized (thrown) {
                    thrown.add(cause);
                }
            });
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(120_000);
        }
        if (!thrown.isEmpty()) {
            throw new IllegalStateException(thrown.get(0));
        }
    }

    public long meetings() {
        return Counters.MEETINGS.get();
    }

    public long woken() {
        return loops.stream().mapToLong(loop -> loop.counters.woken).sum();
    }

    public long wokenTls() {
        return loops.stream().mapToLong(loop -> loop.counters.wokenTls).sum();
    }

    /** The carriers of connections in use, those of the mux or of the TLS layer. */
    public List<Object> attached(boolean tls) {
        List<Object> carriers = new ArrayList<>();
        loops.forEach(loop -> loop.attached.forEach(connection -> add(connection, tls, carriers)));
        return carriers;
    }

    /** Those of listed ones. */
    public List<Object> listed(boolean tls) {
        List<Object> carriers = new ArrayList<>();
        for (Loop loop : loops) {
            for (Connection connection = loop.idle.newest; connection != null; connection = connection.next) {
                add(connection, tls, carriers);
            }
        }
        return carriers;
    }

    private static void add(Connection connection, boolean tls, List<Object> carriers) {
        if (!tls) {
            carriers.add(connection.tasklet);
        } else if (connection.tls != null) {
            carriers.add(connection.tls.tasklet);
        }
    }
}

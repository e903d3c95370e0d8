package io.usr1.weaver.real;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same task in several threads. */
final class Threads {

    private Threads() {
    }

    /** One round of a thread. */
    interface Round {
        void run(int number) throws Exception;
    }

    static void run(int threads, int rounds, Round round) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    for (int n = 0; n < rounds; n++) {
                        round.run(n);
                    }
                    return null;
                }));
            }
            for (Future<Void> one : running) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}

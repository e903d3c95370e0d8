package sample.bench.real;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same round by some threads, 12000 times in all. */
final class Rounds {

    static final int THREADS = 4;
    static final int ALL = 12_000;

    private Rounds() {
    }

    interface Round {
        void run(int number) throws Exception;
    }

    static void run(Round round) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (int n = 0; n < ALL / THREADS; n++) {
                        round.run(n);
                    }
                    return null;
                }));
            }
            for (Future<Void> one : running) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package small;

import java.util.ArrayList;
import java.util.List;

/**
 * A few loops that work at once. With {@code -Dsmall.threads=virtual} on virtual threads, with {@code -Dsmall.lock=monitor} on
 * monitors. Says at the end what they counted.
 */
public final class Main implements Runnable {
    private static final int LOOPS = 4;

    public static void main(String[] arguments) {
        new Main().run();
    }

    /** Also called by hosts that know only {@link Runnable}. */
    @Override
    public void run() {
        List<Loop> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Loop("monitor".equals(System.getProperty("small.lock"))));
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            threads.add(thread("loop-" + i, new Worker(loops.get(i), loops.get((i + 1) % LOOPS))));
        }
        threads.forEach(Thread::start);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        long wakes = 0;
        long locked = 0;
        long takeovers = 0;
        for (Loop loop : loops) {
            wakes += loop.counters.wakes;
            locked += loop.counters.locked;
            takeovers += loop.counters.takeovers;
        }
        System.out.println("wakes=" + wakes + " locked=" + locked + " takeovers=" + takeovers);
    }

    /** By reflection: this is compiled for JDK 17 too. */
    private static Thread thread(String name, Runnable work) {
        if (!"virtual".equals(System.getProperty("small.threads"))) {
            return new Thread(work, name);
        }
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = type.getMethod("name", String.class).invoke(Thread.class.getMethod("ofVirtual").invoke(null), name);
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

package asked;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** The handle of a connection; only it goes into the list. */
class Slot {
    final int number;

    Slot(int number) {
        this.number = number;
    }
}

/** A deque that is filled by a lambda; its questions answer with what they were asked about. */
class LambdaPool implements Shape {
    private final Object lock = new Object();
    private final ArrayDeque<Slot> idle = new ArrayDeque<>();
    private final Executor executor = Runnable::run;
    private final Slot[] slots;

    LambdaPool(int connections) {
        slots = new Slot[connections];
        for (int i = 0; i < connections; i++) {
            slots[i] = new Slot(i);
        }
    }

    private Slot poll() {
        return idle.poll();
    }

    Slot unlessIdle(Slot slot, boolean quick) {
        synchronized (lock) {
            return idle.contains(slot) ? null : slot;
        }
    }

    boolean inUse(Object slot) {
        synchronized (lock) {
            return slot != null && !idle.contains(slot);
        }
    }

    public boolean insert(int n) {
        boolean[] inserted = new boolean[1];
        Slot slot = slots[n];
        executor.execute(() -> {
            synchronized (lock) {
                if (!idle.contains(slot)) {
                    idle.add(slot);
                    inserted[0] = true;
                }
            }
        });
        return inserted[0];
    }

    public int take() {
        synchronized (lock) {
            Slot slot = poll();
            return slot == null ? -1 : slot.number;
        }
    }

    public String ask(int n) {
        Slot free = unlessIdle(slots[n], n % 2 == 0);
        return (free == null ? "idle" : "free " + free.number) + inUse(slots[n]) + inUse(null);
    }
}

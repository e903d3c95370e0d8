package small;

/** A loop at work: wakes of connections in use and of idle ones, and takeovers from its neighbour. */
final class Worker implements Runnable {
    private static final int ROUNDS = 2_000;
    private static final int WAKES_IN_USE = 5;
    private static final int SLEEPY_EACH = 20;

    private final Loop loop;
    private final Loop neighbour;
    private final Wake wake;
    private final Thief thief;

    Worker(Loop loop, Loop neighbour) {
        this.loop = loop;
        this.neighbour = neighbour;
        this.wake = loop.idle.usesMonitor ? new MonitorWake() : new ReentrantWake();
        this.thief = new Thief(loop);
    }

    @Override
    public void run() {
        Connection used = new Connection(loop);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < WAKES_IN_USE; i++) {
                wake.wake(used.tasklet);
            }
            Tasklet listed = used.tasklet;
            loop.idle.insert(used);
            Thread.yield();
            // Idle in the list, or taken over by now.
            wake.wake(listed);
            used = next(round);
        }
    }

    /** From the neighbour first, every other time. */
    private Connection next(int round) {
        Connection found = round % 2 == 0 ? thief.steal(neighbour, round % SLEEPY_EACH == 0) : null;
        if (found != null) {
            loop.counters.takeovers++;
        } else {
            found = loop.idle.get();
        }
        if (found == null) {
            return new Connection(loop);
        }
        found.attach();
        return found;
    }
}

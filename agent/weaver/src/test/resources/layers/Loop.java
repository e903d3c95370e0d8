package layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One thread: wakes what it has handles of, publishes what it has, takes what it finds, with the others' help. */
final class Loop implements Runnable {
    static final List<Object> BORN = new ArrayList<>();

    final IdleConns idle = new IdleConns();
    final Counters counters = new Counters();
    final List<Connection> attached = new ArrayList<>();
    private final List<Object> handles = new ArrayList<>();
    private final MuxWake mux = new MuxWake();
    private final TlsWake secure = new TlsWake();
    private final Random random;
    private final List<Loop> all;
    private final int rounds;

    Loop(List<Loop> all, int seed, int rounds) {
        this.all = all;
        this.random = new Random(seed);
        this.rounds = rounds;
    }

    void open(boolean tls) {
        own(new Connection(this, tls), true);
    }

    public void run() {
        for (int round = 0; round < rounds; round++) {
            int what = random.nextInt(10);
            if (what == 0) {
                take(idle.get(), false);
            } else if (what == 1) {
                Loop victim = all.get(random.nextInt(all.size()));
                take(victim == this ? null : steal(victim), true);
            } else if (what == 2 && !attached.isEmpty()) {
                idle.insert(attached.remove(random.nextInt(attached.size())));
            } else if (!handles.isEmpty()) {
                wake(random.nextInt(handles.size()));
            }
        }
    }

    private void take(Connection found, boolean stolen) {
        if (found != null) {
            found.attach();
            own(found, stolen);
        }
    }

    private void own(Connection connection, boolean fresh) {
        attached.add(connection);
        if (fresh) {
            handles.add(connection.tasklet);
            if (connection.tls != null) {
                handles.add(new Tls(connection.tls.tasklet));
            }
        }
    }

    private void wake(int which) {
        Object handle = handles.get(which);
        boolean alive = handle instanceof Tls ? secure.wake(((Tls) handle).tasklet) : mux.wake((Tasklet) handle);
        if (!alive) {
            handles.remove(which);
        }
    }

    private Connection steal(Loop victim) {
        if (!victim.idle.lock.tryLock()) {
            return null;
        }
        try {
            Connection found = victim.idle.newest;
            if (found != null) {
                victim.idle.takeover(found, this);
            }
            return found;
        } finally {
            victim.idle.lock.unlock();
        }
    }

    /** Which layer's wake a handle wants; the classes may be one. */
    private static final class Tls {
        final TlsTasklet tasklet;

        Tls(TlsTasklet tasklet) {
            this.tasklet = tasklet;
        }
    }
}

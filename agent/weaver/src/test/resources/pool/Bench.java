package pool;

import java.util.concurrent.locks.ReentrantLock;

/** What the test drives: one loop, one connection, one wake, in plain types so that the test needs none of the pool's. */
public final class Bench {
    private final Loop loop = new Loop();
    private final Thief thief = new Thief();
    private final Connection connection = new Connection(loop);
    private final Tasklet first = connection.tasklet;
    private final Wake wake;

    public Bench(String kind) {
        wake = switch (kind) {
            case "Reentrant" -> new ReentrantWake();
            case "Monitor" -> new MonitorWake();
            default -> new SpinWake();
        };
    }

    public void wake() {
        wake.wake(connection.tasklet);
    }

    public void wakeFirst() {
        wake.wake(first);
    }

    public boolean insert() {
        return loop.idle.insert(connection);
    }

    public boolean get() {
        return loop.idle.get() != null;
    }

    public void attach() {
        connection.attach();
    }

    public boolean steal() {
        return thief.steal(loop) != null;
    }

    public Object carrier() {
        return connection.tasklet;
    }

    public Object firstCarrier() {
        return first;
    }

    public int handled() {
        return connection.handled;
    }

    public int idleHandled() {
        return connection.idleHandled;
    }

    public boolean listed() {
        return connection.isListed();
    }

    public long locks() {
        return loop.counters.locks + thief.loop.counters.locks;
    }

    public long stale() {
        return loop.counters.stale;
    }

    /** Runs it while this thread holds all three locks. */
    public void holding(Runnable other) {
        ReentrantLock lock = loop.idle.reentrant;
        lock.lock();
        loop.idle.spin.lock();
        try {
            synchronized (loop.idle.monitor) {
                other.run();
            }
        } finally {
            loop.idle.spin.unlock();
            lock.unlock();
        }
    }
}

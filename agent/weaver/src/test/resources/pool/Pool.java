package pool;

import java.util.concurrent.locks.ReentrantLock;

/** What a wake works with: one owner's idle list and counters. */
final class Loop {
    final IdleConns idle = new IdleConns();
    final Counters counters = new Counters();
}

final class Counters {
    long locks;
    long others;
    long last;
    long stale;
    boolean timed;

    void woken() {
        last = 0;
    }

    void locked(long since) {
        locks++;
        if (timed) {
            last = System.nanoTime() - since;
        }
    }

    void other() {
        others++;
    }

    void stale() {
        stale++;
    }
}

final class Tasklet {
    final Loop loop;
    volatile Connection context;

    Tasklet(Loop loop, Connection context) {
        this.loop = loop;
        this.context = context;
    }
}

class Connection {
    Tasklet tasklet;
    IdleConns list;
    Connection next;
    int handled;
    int idleHandled;

    Connection(Loop loop) {
        tasklet = new Tasklet(loop, this);
    }

    final boolean isListed() {
        return list != null;
    }

    void attach() {
        handled += 0;
    }


}

final class IdleConns {
    final ReentrantLock reentrant = new ReentrantLock();
    final Object monitor = new Object();
    final SpinLock spin = new SpinLock();
    Connection newest;

    boolean insert(Connection connection) {
        reentrant.lock();
        try {
            synchronized (monitor) {
                spin.lock();
                try {
                    return link(connection);
                } finally {
                    spin.unlock();
                }
            }
        } finally {
            reentrant.unlock();
        }
    }

    private boolean link(Connection connection) {
        connection.next = newest;
        connection.list = this;
        newest = connection;
        return true;
    }

    void unlink(Connection connection) {
        newest = connection.next;
        connection.next = null;
        connection.list = null;
    }

    Connection get() {
        reentrant.lock();
        try {
            Connection found = newest;
            if (found != null) {
                unlink(found);
            }
            return found;
        } finally {
            reentrant.unlock();
        }
    }

    boolean takeover(Connection connection, Loop thief) {
        Tasklet old = connection.tasklet;
        Tasklet fresh = new Tasklet(thief, connection);
        connection.tasklet = fresh;
        old.context = null;
        unlink(connection);
        return true;
    }
}

final class Thief {
    final Loop loop = new Loop();

    Connection steal(Loop victim) {
        if (!victim.idle.reentrant.tryLock()) {
            return null;
        }
        try {
            Connection found = victim.idle.newest;
            return found != null && victim.idle.takeover(found, loop) ? found : null;
        } finally {
            victim.idle.reentrant.unlock();
        }
    }
}

final class SpinLock {
    private final java.util.concurrent.atomic.AtomicBoolean held = new java.util.concurrent.atomic.AtomicBoolean();

    void lock() {
        while (!tryLock()) {
            Thread.onSpinWait();
        }
    }

    boolean tryLock() {
        return held.compareAndSet(false, true);
    }

    void unlock() {
        held.set(false);
    }
}

package small;

import java.util.concurrent.locks.ReentrantLock;

/** One loop's idle connections and the lock that guards them; which of the two is chosen at the start. */
final class IdleConns {
    final ReentrantLock reentrant = new ReentrantLock();
    final Object monitor = new Object();
    final boolean usesMonitor;
    Connection newest;

    IdleConns(boolean usesMonitor) {
        this.usesMonitor = usesMonitor;
    }

    void insert(Connection connection) {
        if (usesMonitor) {
            synchronized (monitor) {
                link(connection);
            }
        } else {
            reentrant.lock();
            try {
                link(connection);
            } finally {
                reentrant.unlock();
            }
        }
    }

    Connection get() {
        if (usesMonitor) {
            synchronized (monitor) {
                return first();
            }
        }
        reentrant.lock();
        try {
            return first();
        } finally {
            reentrant.unlock();
        }
    }

    private Connection first() {
        Connection found = newest;
        if (found != null) {
            unlink(found);
        }
        return found;
    }

    /** Moves the newest to another loop: a tasklet of its own there, the old one finds nothing any more. Under the lock. */
    boolean takeover(Connection connection, Loop thief) {
        Tasklet old = connection.tasklet;
        Tasklet fresh = new Tasklet(thief, connection);
        connection.tasklet = fresh;
        old.context = null;
        unlink(connection);
        return true;
    }

    void unlink(Connection connection) {
        newest = connection.next;
        connection.next = null;
        connection.list = null;
    }

    private void link(Connection connection) {
        connection.next = newest;
        connection.list = this;
        newest = connection;
    }
}

package sample.bench.wake.pool;

/**
 * One wake for each kind of lock, as written before anybody thought of a flag: it takes the lock only to learn whether its
 * connection was taken over or is idle. The lock stands in each method because that is what is measured.
 */
public final class Wakes {

    private Wakes() {
    }

    public static void reentrant(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        idle.reentrant.lock();
        try {
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            if (connection.isListed()) {
                idle.unlink(connection);
            }
        } finally {
            idle.reentrant.unlock();
        }
        connection.handled++;
    }

    public static void lock(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        idle.lock.lock();
        try {
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            if (connection.isListed()) {
                idle.unlink(connection);
            }
        } finally {
            idle.lock.unlock();
        }
        connection.handled++;
    }

    public static void readWrite(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        idle.readWrite.writeLock().lock();
        try {
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            if (connection.isListed()) {
                idle.unlink(connection);
            }
        } finally {
            idle.readWrite.writeLock().unlock();
        }
        connection.handled++;
    }

    public static void stamped(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        long stamp = idle.stamped.writeLock();
        try {
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            if (connection.isListed()) {
                idle.unlink(connection);
            }
        } finally {
            idle.stamped.unlockWrite(stamp);
        }
        connection.handled++;
    }

    public static void monitor(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        synchronized (idle.monitor) {
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            if (connection.isListed()) {
                idle.unlink(connection);
            }
        }
        connection.handled++;
    }

    public static void spin(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        idle.spin.lock();
        try {
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            if (connection.isListed()) {
                idle.unlink(connection);
            }
        } finally {
            idle.spin.unlock();
        }
        connection.handled++;
    }

    public static void method(Tasklet tasklet) {
        if (tasklet.idle.claim(tasklet)) {
            tasklet.context.handled++;
        }
    }
}

package sample.bench.wake.pool;

/** The wakes of {@link Wakes} with the flag written into the source, as HAProxy's patch does it; {@link Switch} is beside it only on request. */
public final class PatchedWakes {

    private PatchedWakes() {
    }

    public static void reentrant(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        if (tasklet.usr1 || Switch.isOff()) {
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
        } else {
            connection = tasklet.context;
        }
        connection.handled++;
    }

    public static void lock(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        if (tasklet.usr1 || Switch.isOff()) {
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
        } else {
            connection = tasklet.context;
        }
        connection.handled++;
    }

    public static void readWrite(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        if (tasklet.usr1 || Switch.isOff()) {
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
        } else {
            connection = tasklet.context;
        }
        connection.handled++;
    }

    public static void stamped(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        if (tasklet.usr1 || Switch.isOff()) {
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
        } else {
            connection = tasklet.context;
        }
        connection.handled++;
    }

    public static void monitor(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        if (tasklet.usr1 || Switch.isOff()) {
            synchronized (idle.monitor) {
                connection = tasklet.context;
                if (connection == null) {
                    return;
                }
                if (connection.isListed()) {
                    idle.unlink(connection);
                }
            }
        } else {
            connection = tasklet.context;
        }
        connection.handled++;
    }

    public static void spin(Tasklet tasklet) {
        IdleConns idle = tasklet.idle;
        Connection connection;
        if (tasklet.usr1 || Switch.isOff()) {
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
        } else {
            connection = tasklet.context;
        }
        connection.handled++;
    }

    public static void method(Tasklet tasklet) {
        if (!tasklet.usr1 && !Switch.isOff() || tasklet.idle.claim(tasklet)) {
            tasklet.context.handled++;
        }
    }
}

package pool;

final class ReentrantWake implements Wake {
    @Override
    public void wake(Tasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        Counters counters = tasklet.loop.counters;
        counters.woken();
        long since = counters.timed ? System.nanoTime() : 0;
        Connection connection;
        boolean wasIdle;
        idle.reentrant.lock();
        try {
            counters.locked(since);
            connection = tasklet.context;
            if (connection == null) {
                counters.stale();
                return;
            }
            wasIdle = connection.isListed();
            if (wasIdle) {
                idle.unlink(connection);
            } else {
                counters.other();
            }
        } finally {
            idle.reentrant.unlock();
        }
        process(tasklet, connection, wasIdle);
    }

    private void process(Tasklet tasklet, Connection connection, boolean wasIdle) {
        connection.handled++;
        if (wasIdle) {
            connection.idleHandled++;
            tasklet.loop.idle.insert(connection);
        }
    }
}

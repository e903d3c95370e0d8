package small;

/** Locks only to learn whether its connection was taken over or is idle. */
final class ReentrantWake implements Wake {
    @Override
    public void wake(Tasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        Counters counters = tasklet.loop.counters;
        counters.woken();
        Connection connection;
        boolean wasIdle;
        idle.reentrant.lock();
        try {
            counters.locked();
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
        connection.handled++;
        if (wasIdle) {
            idle.insert(connection);
        }
    }
}

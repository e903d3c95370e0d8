package small;

/** Locks only to learn whether its connection was taken over or is idle. */
final class MonitorWake implements Wake {
    @Override
    public void wake(Tasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        Counters counters = tasklet.loop.counters;
        counters.woken();
        Connection connection;
        boolean wasIdle;
        synchronized (idle.monitor) {
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
        }
        connection.handled++;
        if (wasIdle) {
            idle.insert(connection);
        }
    }
}

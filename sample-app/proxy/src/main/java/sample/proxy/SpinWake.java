package sample.proxy;

/** The wakes under a {@link SpinLock}. */
final class SpinWake implements Wake {
    @Override
    public void wake(Tasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        WakeCounters counters = tasklet.loop.counters.mux;
        counters.woken(tasklet.front);
        long since = counters.clock();
        Connection connection;
        boolean wasIdle = false;
        idle.spin.lock();
        try {
            counters.wakeLocked(since, tasklet.front);
            connection = tasklet.context; // read under the lock: a takeover may have nulled it until just now
            if (connection == null) {
                counters.staleWake();
            } else {
                wasIdle = connection.isListed();
                if (wasIdle) {
                    idle.unlink(connection); // nobody may take it over while its input is looked at
                    counters.idleWake();
                } else {
                    counters.otherLockedWake();
                }
            }
        } finally {
            idle.spin.unlock();
        }
        Wake.process(tasklet, connection, wasIdle);
    }

    @Override
    public void wakeTls(TlsTasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        WakeCounters counters = tasklet.loop.counters.tls;
        counters.woken(tasklet.front);
        long since = counters.clock();
        TlsLayer layer;
        boolean wasIdle = false;
        idle.spin.lock();
        try {
            counters.wakeLocked(since, tasklet.front);
            layer = tasklet.context; // read under the lock: a takeover may have nulled it until just now
            if (layer == null) {
                counters.staleWake();
            } else {
                wasIdle = layer.connection.isListed();
                if (wasIdle) {
                    idle.unlink(layer.connection); // nobody may take it over while its input is looked at
                    counters.idleWake();
                } else {
                    counters.otherLockedWake();
                }
            }
        } finally {
            idle.spin.unlock();
        }
        Wake.process(tasklet, layer, wasIdle);
    }
}

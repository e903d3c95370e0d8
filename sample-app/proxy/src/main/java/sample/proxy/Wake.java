package sample.proxy;

/**
 * The wake of a tasklet: front and back connections alike take the loop's takeover lock, every time, only to learn whether the
 * connection is still theirs and whether it is in the idle list. The three classes differ in nothing but the lock.
 */
sealed interface Wake permits ReentrantWake, MonitorWake, SpinWake {
    /** Runs a ready tasklet. On the thread of {@code tasklet.loop} only. */
    void wake(Tasklet tasklet);

    static Wake of(LockKind kind) {
        return switch (kind) {
            case REENTRANT -> new ReentrantWake();
            case SYNCHRONIZED -> new MonitorWake();
            case SPIN -> new SpinWake();
        };
    }

    /**
     * What follows the locked check.
     *
     * @param connection null if the connection was taken over
     * @param wasIdle    it was in the idle list and has just been unlinked, so no other loop can take it from here on
     */
    static void process(Tasklet tasklet, Connection connection, boolean wasIdle) {
        if (connection == null) {
            tasklet.loop.retire(tasklet);
        } else {
            connection.ioCallback(wasIdle);
        }
    }
}

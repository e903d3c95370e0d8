package sample.proxy;

/**
 * The wakes of the mux's tasklet and of the TLS layer's: front and back connections alike take the loop's takeover lock, every time,
 * only to learn whether the connection is still theirs and whether it is in the idle list. The three classes differ in nothing but the
 * lock, and the two wakes in nothing but the layer.
 */
sealed interface Wake permits ReentrantWake, MonitorWake, SpinWake {
    /** Runs a ready tasklet of a mux. On the thread of {@code tasklet.loop} only. */
    void wake(Tasklet tasklet);

    /** Runs a ready tasklet of a TLS layer. On the thread of {@code tasklet.loop} only. */
    void wakeTls(TlsTasklet tasklet);

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

    /** The same for TLS; {@code layer} is null if the connection was taken over. */
    static void process(TlsTasklet tasklet, TlsLayer layer, boolean wasIdle) {
        if (layer == null) {
            tasklet.loop.retire(tasklet);
        } else {
            layer.ioCallback(wasIdle);
        }
    }
}

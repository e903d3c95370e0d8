package sample.proxy;

/**
 * What speaks HTTP on one connection (HAProxy: {@code struct mux_ops}). Owner thread only, like the connection itself; a takeover
 * moves it along untouched, for it has no registration of its own anywhere.
 */
interface Mux {
    /**
     * Something has happened, most often the channel has become ready.
     *
     * @param wasIdle the connection was in its loop's idle list until just now
     */
    void ioCallback(boolean wasIdle);

    /** The time of {@link Connection#arm} is up. The connection is not listed. */
    void expired();

    /** Gives up the connection and whatever hangs on it. Never throws. */
    void fail();
}

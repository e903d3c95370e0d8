package sample.proxy;

/** The mux of a connection to the origin. */
interface BackMux extends Mux {
    /** A new stream for this exchange. Called through {@link BackConnection#attach} only. */
    BackStream attach(Exchange exchange);

    /** The connection is up: what was attached meanwhile may begin. */
    void connected();

    /** The connection did not come up. */
    void unreachable(String why);

    /** The connection came up, but TLS on it did not. */
    void insecure(String why);

    /** Whether another stream can be attached now. */
    boolean hasRoom();

    /** Whether there are no streams. */
    boolean isIdle();

    /** Whether the connection, now idle, is known to serve more than one exchange. */
    boolean isSafe();

    /** A thief has read this byte while it looked whether the idle connection is quiet. Under the list's lock. */
    void unread(byte read);
}

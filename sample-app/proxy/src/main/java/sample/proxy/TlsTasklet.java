package sample.proxy;

/**
 * The wake handle of a connection's TLS layer on one loop: what the selector wakes. What it finds out it tells the mux by waking the
 * mux's handle. A takeover replaces both at once (HAProxy a74bb7e26: one that was left behind could run the mux on the old thread).
 */
final class TlsTasklet extends Handle {
    /** The mux's handle on the same loop. */
    final Tasklet upper;
    /**
     * The layer; null once another loop has taken the connection over, and then for ever. Written by the constructor and by
     * {@link IdleConns#takeover} under {@code loop.idle}'s lock, nowhere else.
     */
    volatile TlsLayer context;

    TlsTasklet(Tasklet upper, TlsLayer context) {
        super(upper.loop, upper.front);
        this.upper = upper;
        this.context = context;
    }

    @Override
    void run(Wake wake) {
        wake.wakeTls(this);
    }

    @Override
    ConnectionTimer timer() {
        return upper.timer;
    }
}

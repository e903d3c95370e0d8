package sample.proxy;

/** The wake handle of a connection's mux on one loop. Without TLS it is the connection's only one. */
final class Tasklet extends Handle {
    /** The connection's timer on the same loop. */
    final ConnectionTimer timer;
    /**
     * The connection; null once another loop has taken it over, and then for ever. Written by the constructor and by
     * {@link IdleConns#takeover} under {@code loop.idle}'s lock, nowhere else: closing a connection leaves it.
     */
    volatile Connection context;

    Tasklet(EventLoop loop, Connection context, boolean front) {
        super(loop, front);
        this.timer = new ConnectionTimer(context);
        this.context = context;
    }

    @Override
    void run(Wake wake) {
        wake.wake(this);
    }

    @Override
    ConnectionTimer timer() {
        return timer;
    }
}

package sample.bench.wake.pool;

/** What is woken. */
public final class Tasklet extends Padded {
    final IdleConns idle;
    /** Null once another thread has taken the connection over. */
    volatile Connection context;
    /** The flag as somebody would write it in the source; only the wakes patched by hand know it. */
    volatile boolean usr1;

    Tasklet(IdleConns idle, Connection context) {
        this.idle = idle;
        this.context = context;
    }
}

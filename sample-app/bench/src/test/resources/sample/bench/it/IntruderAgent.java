package sample.proxy;

/** A class in the pool's package that no target names. Its write never runs; that it could is enough. */
public final class IntruderAgent {

    public static void premain(String unused) {
    }

    static void meddle(Tasklet tasklet) {
        tasklet.context = null;
    }
}

package io.usr1.runtime;

/** The current sink. There is always one; while none is installed it is one that wants nothing. */
public final class Sinks {

    private static final Sink NONE = new NoSink();
    private static volatile Sink current = NONE;
    private static volatile boolean listening;
    private static volatile boolean tracing;
    private static volatile Throwable fault;

    private Sinks() {
    }

    static Sink current() {
        return current;
    }

    /** Installs a sink; null removes it. Any thread, any time. */
    public static void install(Sink sink) {
        none();
        if (sink != null) {
            current = sink;
            listening = sink.listens();
        }
    }

    private static void none() {
        tracing = false;
        listening = false;
        current = NONE;
    }

    /** Whether the sink may want to know of acquisitions: they pay for this question only, while nothing can be recorded. */
    static boolean listening() {
        return listening;
    }

    /**
     * Whether the sink is told of each mark and of each stale wake. It is not asked each time: marks run in every mode,
     * for the life of the JVM, and pay for this question only. Any thread, any time.
     */
    public static void trace(boolean wanted) {
        tracing = wanted;
    }

    static boolean tracing() {
        return tracing;
    }

    /** A sink threw: it is removed, the application goes on, the agent finds the reason in {@link #fault()}. */
    static void failed(Sink sink, Throwable thrown) {
        fault = thrown;
        if (current == sink) {
            none();
        }
    }

    /** Why the sink was removed, null if it was not. */
    public static Throwable fault() {
        return fault;
    }

    private static final class NoSink implements Sink {
        @Override public boolean listens() {
            return false;
        }

        @Override public boolean wantsContention() {
            return false;
        }

        @Override public boolean wantsAcquisitions() {
            return false;
        }

        @Override public Object waiting(Site site, Object lock, Thread owner, long queued) {
            return null;
        }

        @Override public void acquired(Object token, long nanos) {
        }

        @Override public void commit(Object token, boolean insideLock) {
        }

        @Override public Object waited(Site site, Object lock, long startNanos, long nanos) {
            return null;
        }

        @Override public Object acquisition(Object token, Site site, Object lock, boolean contended) {
            return token;
        }

        @Override public void violation(Site site, String what, String found, String assumed) {
        }
    }
}

package io.usr1.runtime;

/**
 * Where lock timing goes: implemented by the agent's events, in the agent's own loader, so that a JVM without
 * {@code jdk.jfr} never links an event class. All methods may be called by any thread, some while it holds the
 * target's lock; they must not block. What they throw is caught by the caller and switches the sink off.
 */
public interface Sink {

    /**
     * False if {@link #wantsContention} and {@link #wantsAcquisitions} never say yes. Asked once, by {@link Sinks#install}:
     * no acquisition asks such a sink for anything.
     */
    default boolean listens() {
        return true;
    }

    /** True while someone listens to contention: only then are clocks read around locks that cannot be tried first. */
    boolean wantsContention();

    /** True while someone listens to every acquisition, or to every one of some role. */
    boolean wantsAcquisitions();

    /**
     * Before a thread starts to wait for a lock.
     *
     * @param owner the thread that holds it, null if unknown; read before waiting
     * @param queued threads queued before this one, {@link Long#MIN_VALUE} if unknown
     * @return a token for {@link #acquired}, null if nothing is to be recorded
     */
    Object waiting(Site site, Object lock, Thread owner, long queued);

    /**
     * Before an acquisition of a lock that cannot be tried first, by the thread that will take it; only while
     * {@link #wantsContention}. Lets the sink start a clock of its own; {@link #waited} follows if the wait was long, else nothing.
     *
     * @param startNanos tells this acquisition from others of the thread
     */
    default void entering(long startNanos) {
    }

    /**
     * The wait is over; called while holding the lock: take the time, no more.
     *
     * @param nanos how long it took
     */
    void acquired(Object token, long nanos);

    /**
     * After the lock was released (or still inside, where the release is not woven): write the event.
     *
     * @param insideLock the lock is still held
     */
    void commit(Object token, boolean insideLock);

    /**
     * A wait for a lock that could not be tried first and that turned out to be long; called while holding the lock,
     * followed by {@link #acquired}.
     *
     * @param startNanos as {@link #entering} got it
     * @return as {@link #waiting}
     */
    Object waited(Site site, Object lock, long startNanos, long nanos);

    /**
     * A lock was taken; called while holding it, only while {@link #wantsContention}. Lets the sink say, to those who will
     * have to wait, where the holder took the lock.
     */
    default void holds(Site site, Object lock) {
    }

    /**
     * An acquisition; called while holding the lock, only while {@link #wantsAcquisitions}.
     *
     * @param token what {@link #waiting} or {@link #waited} gave for it, null if it did not wait or is not recorded
     * @return the token for {@link #commit} from now on: {@code token}, or one that stands for both
     */
    Object acquisition(Object token, Site site, Object lock, boolean contended);

    /**
     * The breaker tripped at that site and the gate is shut for ever; called once a gate, while holding the lock.
     */
    default void tripped(Site site) {
    }

    /**
     * Audit found that flags are set and not cleared again, so that next to nothing would be bypassed; called once a
     * gate, while holding the lock.
     *
     * @param stuck   wakes that found the flag set although their connection was in no list
     * @param cleared wakes that found it clear on a carrier that had been set before
     */
    default void neverClears(Site site, long stuck, long cleared) {
    }

    /**
     * A carrier was SET, as its connection is about to be inserted. Called right after, perhaps holding the list's lock;
     * only while {@link Sinks#trace}.
     */
    default void inserting(Object carrier, Gate gate) {
    }

    /** A carrier was CLEARed, as its connection was taken out and belongs to this thread; else as {@link #inserting}. */
    default void attached(Object carrier, Gate gate) {
    }

    /** True while someone listens to {@link #stale}; asked only while {@link Sinks#trace}. */
    default boolean wantsStaleWakes() {
        return false;
    }

    /** A wake took the lock and saw that its connection was taken over; called while holding the lock. */
    default void stale(Object carrier, Site site) {
    }

    /** Audit found a flag that it must not find; called while holding the lock. */
    void violation(Site site, String what, String found, String assumed);
}

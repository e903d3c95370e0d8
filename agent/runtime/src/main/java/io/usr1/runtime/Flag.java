package io.usr1.runtime;

/**
 * The three states of the USR1 flag, HAProxy's {@code TASK_F_USR1} (commit e388f2fbc), on a carrier.
 *
 * <p>HAProxy has two states, because every tasklet is made by code that knows of the flag. Here an object may have been
 * made, cloned or deserialised where the weaver saw nothing; the field's default must therefore be the safe answer.
 */
public final class Flag {

    /** Nothing is known: take the lock. The default of the field. */
    public static final int UNKNOWN = 0;

    /** The connection is certainly in no idle list: the lock may be bypassed. The one state that must never be stale. */
    public static final int CLEAR = 1;

    /** The connection may be in an idle list: take the lock. Stale, it costs one lock and nothing else. */
    public static final int SET = 2;

    private Flag() {
    }
}

package io.usr1.weaver;

import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Sym;

/** The steps with which a takeover takes a connection, a bit each from bit 0: once one is done all must be. */
interface Taking {

    /** How many bits. */
    int steps();

    /** The connection that the instruction takes, as its method calls it; null if it does none of the steps. */
    Sym taken(MethodCode code, int index);

    /** Which of the steps the instruction does to that connection. */
    int done(MethodCode code, int index, Sym connection);

    /** Which are known to be none to do, once the instruction has gone on to that one. */
    default int along(MethodCode code, int from, int to, Sym connection) {
        return 0;
    }

    /** Whether one of the steps is done. */
    default boolean begun(int mask) {
        return (mask & (1 << steps()) - 1) != 0;
    }

    /** Whether all are. */
    default boolean whole(int mask) {
        return (mask & (1 << steps()) - 1) == (1 << steps()) - 1;
    }

    /** One write. */
    interface Write extends Taking {

        boolean writes(MethodCode code, int index);

        @Override default int steps() {
            return 1;
        }

        @Override default Sym taken(MethodCode code, int index) {
            return writes(code, index) ? code.stack(index, 1) : null;
        }

        @Override default int done(MethodCode code, int index, Sym connection) {
            return writes(code, index) ? 1 : 0;
        }
    }
}

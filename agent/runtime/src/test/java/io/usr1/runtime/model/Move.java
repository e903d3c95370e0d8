package io.usr1.runtime.model;

/** What led from one state to the next, packed into a number: a thread's step in one of its ways, or a waiting write. */
final class Move {

    static final int NONE = -1;
    private static final int FLUSH = 1 << 12;

    private Move() {
    }

    static int step(int thread, int way) {
        return thread << 8 | way;
    }

    static int flush(int thread, int index) {
        return FLUSH | thread << 8 | index;
    }

    static boolean isFlush(int move) {
        return (move & FLUSH) != 0;
    }

    static int thread(int move) {
        return move >> 8 & 0xf;
    }

    /** The way of the step, or which of the waiting writes. */
    static int detail(int move) {
        return move & 0xff;
    }
}

package io.usr1.runtime.model;

import java.util.Arrays;

/**
 * A state: variables, then each thread's place in its script, then each thread's waiting writes (how many, then pairs of
 * variable and value). One array of bytes, so that equal states are equal arrays.
 */
final class State {

    final byte[] bytes;
    private final int vars;
    private final int threads;

    State(int vars, int threads, Memory memory) {
        this.vars = vars;
        this.threads = threads;
        int buffer = memory == Memory.SEQUENTIAL ? 0 : 1 + 2 * Memory.WAITING;
        bytes = new byte[vars + threads + threads * buffer];
    }

    /** The value in memory, which is not what a thread with a waiting write sees. */
    int value(Var var) {
        return bytes[var.index()];
    }

    void value(Var var, int value) {
        bytes[var.index()] = (byte) value;
    }

    int place(int thread) {
        return bytes[vars + thread] & 0xff;
    }

    void place(int thread, int place) {
        bytes[vars + thread] = (byte) place;
    }

    int waiting(int thread) {
        int buffer = buffer(thread);
        return buffer < bytes.length ? bytes[buffer] : 0;
    }

    /** The value that the thread itself sees: its own youngest waiting write, or memory. */
    int seen(int thread, Var var) {
        for (int i = waiting(thread) - 1; i >= 0; i--) {
            if (waitingVar(thread, i) == var.index()) {
                return bytes[buffer(thread) + 2 + 2 * i];
            }
        }
        return value(var);
    }

    void delay(int thread, Var var, int value) {
        int buffer = buffer(thread);
        int slot = buffer + 1 + 2 * bytes[buffer]++;
        bytes[slot] = (byte) var.index();
        bytes[slot + 1] = (byte) value;
    }

    /** Whether a waiting write may become visible now. */
    boolean mayPass(int thread, int index, Memory memory) {
        if (memory == Memory.STORE_BUFFERS) {
            return index == 0;
        }
        for (int i = 0; i < index; i++) {
            if (waitingVar(thread, i) == waitingVar(thread, index)) {
                return false;
            }
        }
        return true;
    }

    /** A waiting write becomes visible. */
    void pass(int thread, int index) {
        int buffer = buffer(thread);
        int slot = buffer + 1 + 2 * index;
        bytes[waitingVar(thread, index)] = bytes[slot + 1];
        int end = buffer + 1 + 2 * bytes[buffer]--;
        System.arraycopy(bytes, slot + 2, bytes, slot, end - slot - 2);
        Arrays.fill(bytes, end - 2, end, (byte) 0);
    }

    int waitingVar(int thread, int index) {
        return bytes[buffer(thread) + 1 + 2 * index];
    }

    private int buffer(int thread) {
        return vars + threads + thread * (1 + 2 * Memory.WAITING);
    }
}

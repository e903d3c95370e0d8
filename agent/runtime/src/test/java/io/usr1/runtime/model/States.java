package io.usr1.runtime.model;

import java.util.Arrays;

/** All states seen so far, each once, with the step that led to it first. Numbers grow in the order of discovery. */
final class States {

    private final int width;
    private byte[] bytes;
    private int[] parents = new int[1 << 12];
    private short[] moves = new short[1 << 12];
    private int[] table = new int[1 << 13];
    private int size;

    States(int width) {
        this.width = width;
        bytes = new byte[width << 12];
    }

    int size() {
        return size;
    }

    /** @return false if the state was known */
    boolean add(byte[] state, int parent, int move) {
        int slot = slot(state, 0);
        if (table[slot] != 0) {
            return false;
        }
        if (size == parents.length) {
            grow();
            slot = slot(state, 0);
        }
        System.arraycopy(state, 0, bytes, size * width, width);
        parents[size] = parent;
        moves[size] = (short) move;
        table[slot] = ++size;
        return true;
    }

    void load(int number, byte[] into) {
        System.arraycopy(bytes, number * width, into, 0, width);
    }

    int parent(int number) {
        return parents[number];
    }

    int move(int number) {
        return moves[number];
    }

    /** Where the state stands in the table, or the empty place where it would. */
    private int slot(byte[] state, int offset) {
        int hash = 1;
        for (int i = 0; i < width; i++) {
            hash = 31 * hash + state[offset + i];
        }
        hash *= 0x9E3779B9;
        int slot = (hash ^ hash >>> 15) & table.length - 1;
        while (table[slot] != 0 && !same(state, offset, (table[slot] - 1) * width)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean same(byte[] state, int offset, int at) {
        return Arrays.equals(state, offset, offset + width, bytes, at, at + width);
    }

    private void grow() {
        bytes = Arrays.copyOf(bytes, Math.multiplyExact(bytes.length, 2));
        parents = Arrays.copyOf(parents, 2 * size);
        moves = Arrays.copyOf(moves, 2 * size);
        table = new int[4 * size];
        for (int i = 0; i < size; i++) {
            table[slot(bytes, i * width)] = i + 1;
        }
    }
}

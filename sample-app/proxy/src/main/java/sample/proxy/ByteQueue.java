package sample.proxy;

import java.nio.ByteBuffer;

/** Bytes that wait, first in, first out. Whoever fills it bounds it. Owner thread only. */
final class ByteQueue {
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int start;
    private int end;

    boolean isEmpty() {
        return start == end;
    }

    int size() {
        return end - start;
    }

    /** Copies all of {@code source}. */
    void add(ByteBuffer source) {
        int more = source.remaining();
        if (bytes.length - end < more) {
            makeRoom(more);
        }
        source.get(bytes, end, more);
        end += more;
    }

    private void makeRoom(int more) {
        int size = size();
        byte[] target = bytes.length - size >= more ? bytes : new byte[Math.max(1024, Integer.highestOneBit(size + more) * 2)];
        System.arraycopy(bytes, start, target, 0, size);
        bytes = target;
        start = 0;
        end = size;
    }

    /** A view of the first bytes, no more than {@code most}; good until the next call. */
    ByteBuffer peek(int most) {
        return ByteBuffer.wrap(bytes, start, Math.min(most, size()));
    }

    /** Drops the first bytes. */
    void skip(int count) {
        start += count;
        if (start == end) {
            bytes = NONE; // most streams never need it again
            start = 0;
            end = 0;
        }
    }

    void clear() {
        skip(size());
    }
}

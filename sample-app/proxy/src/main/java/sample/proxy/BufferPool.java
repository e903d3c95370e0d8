package sample.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct buffers of one size that connections have given back. Owner thread only. */
final class BufferPool {
    private static final int MAX_KEPT = 256;

    private final int size;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    BufferPool(int size) {
        this.size = size;
    }

    /** An empty buffer in flush mode: position and limit 0. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return (buffer == null ? ByteBuffer.allocateDirect(size) : buffer).clear().flip();
    }

    void giveBack(ByteBuffer buffer) {
        if (free.size() < MAX_KEPT) {
            free.push(buffer);
        }
    }
}

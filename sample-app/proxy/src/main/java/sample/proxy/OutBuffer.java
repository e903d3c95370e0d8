package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes on their way into a socket; bounded, because whoever fills it asks for room first. Owner thread only. */
final class OutBuffer {
    /** What stays free for chunk heads and for the proxy's own short answers, in bytes. */
    private static final int RESERVE = 2048;

    private final ByteBuffer buffer; // flush mode: position to limit is what has not been sent

    OutBuffer(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    boolean isEmpty() {
        return !buffer.hasRemaining();
    }

    /** Bytes not sent yet. */
    int pending() {
        return buffer.remaining();
    }

    boolean hasRoom(int bytes) {
        return buffer.capacity() - buffer.remaining() - RESERVE >= bytes;
    }

    /** Copies all of {@code source}, for which there is room. */
    void append(ByteBuffer source) {
        buffer.compact();
        buffer.put(source);
        buffer.flip();
    }

    /** Sends what the socket takes; true if nothing is left. */
    boolean flush(SocketChannel channel) throws IOException {
        if (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return !buffer.hasRemaining();
    }

    ByteBuffer release() {
        return buffer;
    }
}

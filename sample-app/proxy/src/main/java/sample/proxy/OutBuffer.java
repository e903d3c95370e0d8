package sample.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Bytes on their way into a socket; bounded, because whoever fills it asks for room first. What cannot ask, HTTP/2's short control
 * frames, makes it grow for a while. Owner thread only.
 */
final class OutBuffer {
    /** What stays free for chunk heads and for the proxy's own short answers, in bytes. */
    private static final int RESERVE = 2048;

    private final ByteBuffer own;
    private final TlsLayer tls;
    private ByteBuffer buffer; // flush mode: position to limit is what has not been sent

    /** @param tls what the bytes go through; null for none */
    OutBuffer(ByteBuffer buffer, TlsLayer tls) {
        this.own = buffer;
        this.tls = tls;
        this.buffer = buffer;
    }

    boolean isEmpty() {
        return pending() == 0;
    }

    /** Bytes not sent yet; of those that TLS has encrypted already, as many as they have become. */
    int pending() {
        return tls == null ? buffer.remaining() : buffer.remaining() + tls.unsent();
    }

    /** How much may be appended; not positive if there is no room. */
    int room() {
        return own.capacity() - buffer.remaining() - RESERVE;
    }

    boolean hasRoom(int bytes) {
        return room() >= bytes;
    }

    /** Copies all of {@code source}. */
    void append(ByteBuffer source) {
        if (buffer.capacity() - buffer.remaining() < source.remaining()) {
            buffer = ByteBuffer.allocate(2 * (buffer.remaining() + source.remaining())).put(buffer).flip();
        }
        buffer.compact();
        buffer.put(source);
        buffer.flip();
    }

    /** Sends what the socket takes; true if nothing is left. */
    boolean flush(SocketChannel channel) throws IOException {
        if (tls != null) {
            tls.write(buffer);
        } else if (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        if (!buffer.hasRemaining()) {
            buffer = own.clear().flip();
        }
        return isEmpty();
    }

    /** Throws away what is left. */
    void discard() {
        buffer = own.clear().flip();
        if (tls != null) {
            tls.discardOutput();
        }
    }

    /** The buffer that it was made with. */
    ByteBuffer release() {
        return own;
    }
}

package sample.proxy;

import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/**
 * A connection without a socket, on which nothing ever arrives. It tells a thief's probe from the owner's read: the probe has room
 * for one byte.
 */
final class QuietChannel extends SocketChannel {
    /** How large a buffer a scene gives TLS for its records. Those never come, whoever looks. */
    static final int RECORD = 64;

    /** What the owner's reads return: 0 for nothing yet, -1 if the origin has closed. Written before the race. */
    int answer;
    /** Reads by a thread that believes the connection to be its own. Written by those threads, read after the race. */
    int ownersReads;

    QuietChannel(SelectorProvider provider) {
        super(provider);
    }

    @Override
    public int read(ByteBuffer into) {
        Scene.pause(); // a read is a system call: it takes its time, and that is when the other thread comes in
        if (into.capacity() == 1 || into.capacity() == RECORD) {
            return 0;
        }
        ownersReads++;
        return answer;
    }

    @Override
    public boolean connect(SocketAddress remote) {
        return true;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // it never blocks
    }

    @Override
    protected void implCloseSelectableChannel() {
        // nothing to give back
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownOutput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }
}

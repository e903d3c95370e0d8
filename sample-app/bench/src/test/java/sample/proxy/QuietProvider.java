package sample.proxy;

import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * The selector provider of the stress tests' JVMs ({@code -Djava.nio.channels.spi.SelectorProvider}): it lets the proxy's own
 * classes run, unchanged, a million times without a socket.
 */
public final class QuietProvider extends SelectorProvider {
    /** The system class loader calls it. */
    public QuietProvider() {
    }

    @Override
    public AbstractSelector openSelector() {
        return new QuietSelector(this);
    }

    @Override
    public SocketChannel openSocketChannel() {
        return new QuietChannel(this);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel openDatagramChannel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pipe openPipe() {
        throw new UnsupportedOperationException();
    }
}

package sample.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;

/** One client connection with one request in flight at a time; belongs to the thread of its {@link ClientLoop}. */
final class ClientConnection {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ClientLoop loop;
    private final String authority;
    private final SocketChannel socket;
    private final SelectionKey key;
    private Exchange exchange;
    private RequestWriter request;
    private Answer answer;
    private HttpParser parser;
    private long since;

    /** Connects; the request goes out once that is done. On an exception nothing stays open. */
    ClientConnection(ClientLoop loop, InetSocketAddress proxy, Exchange first) throws IOException {
        this.loop = loop;
        authority = proxy.getHostString() + ":" + proxy.getPort();
        socket = SocketChannel.open();
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = socket.connect(proxy);
            key = socket.register(loop.selector(), connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        begin(first);
    }

    void ready() {
        try {
            if (key.isConnectable()) {
                socket.finishConnect();
                send();
            } else if (key.isWritable()) {
                send();
            } else {
                receive();
            }
        } catch (IOException lost) {
            lost(lost.toString());
        }
    }

    /** Gives up on a request that waits too long, so that a stuck proxy makes the run fail and not hang. */
    void checkTime(long now) {
        if (now - since > PATIENCE_NANOS) {
            lost("no answer within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s");
        }
    }

    private void begin(Exchange next) {
        exchange = next;
        request = new RequestWriter(next, authority, loop.closesAlways());
        answer = new Answer(next);
        parser = new HttpParser(answer);
        since = System.nanoTime();
    }

    private void send() throws IOException {
        key.interestOps(request.write(socket) ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }

    private void receive() throws IOException {
        for (ByteBuffer input = loop.input(); socket.isOpen(); input.clear()) {
            int read = socket.read(input);
            if (read == 0) {
                return;
            }
            if (read < 0) {
                parser.atEOF();
            }
            parse(input.flip());
        }
    }

    private void parse(ByteBuffer input) throws IOException {
        boolean more = true;
        while (more && !answer.complete() && answer.broken() == null) {
            parser.parseNext(input);
            more = input.hasRemaining();
        }
        if (answer.broken() != null) {
            lost(answer.broken());
        } else if (parser.isAtEOF() && !answer.complete()) {
            lost("the proxy closed the connection before it answered");
        } else if (answer.complete() && input.hasRemaining()) {
            lost(input.remaining() + " bytes follow the answer, none were asked for");
        } else if (answer.complete()) {
            next();
        }
    }

    private void next() throws IOException {
        Exchange next = loop.answered(answer.error(), answer.mismatch());
        if (next == null) {
            socket.close();
        } else if (answer.closes()) {
            socket.close();
            loop.open(next);
        } else {
            begin(next);
            send();
        }
    }

    private void lost(String why) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // the request is counted as lost either way
        }
        loop.lost(exchange.method() + " " + exchange.target() + ": " + why);
    }
}

package pools;

import java.lang.reflect.Constructor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ByteChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.HttpHost;
import org.apache.http.impl.nio.codecs.DefaultHttpRequestWriterFactory;
import org.apache.http.impl.nio.codecs.DefaultHttpResponseParserFactory;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.reactor.IOSession;
import org.apache.http.nio.reactor.SessionBufferStatus;
import org.apache.http.nio.util.HeapByteBufferAllocator;
import org.apache.synapse.transport.nhttp.Axis2HttpRequest;
import org.apache.synapse.transport.nhttp.ConnectionPool;
import org.apache.synapse.transport.utils.conn.SynapseNHttpClientConnection;

/**
 * Responses of one back end, to connections of Synapse's own class over sessions without a socket. Every other response is the last one
 * of its connection, as of a server that allows so many requests a connection: what is closed is forgotten, and another one connected.
 */
final class SynapseWork implements Work {

    private static final String HOST = "nowhere";
    private static final int IDLE = 50;

    private final Constructor<?> requests;

    SynapseWork() throws ReflectiveOperationException {
        // Its own constructor wants a message of Axis; all that is used of a request here is that it can be cleared.
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        requests = (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(factory.getMethod("getReflectionFactory").invoke(null), Axis2HttpRequest.class, Object.class.getConstructor());
    }

    @Override public void start(int threads) throws Exception {
        for (int i = 0; i < IDLE; i++) {
            release(connect());
        }
    }

    @Override public void round(int thread, int number) throws Exception {
        NHttpClientConnection connection = take();
        if (number % 2 == 0) {
            release(connection);
        } else {
            ConnectionPool.forget(connection);
            connection.close();
            release(connect());
        }
    }

    @Override public void rest() throws Exception {
        for (int i = 0; i < 1000; i++) {
            NHttpClientConnection connection = connect();
            release(connection);
            ConnectionPool.forget(connection);
        }
        for (int i = 0; i < IDLE; i++) {
            if (ConnectionPool.getConnection(HOST, 80) == null) {
                throw new IllegalStateException("fewer connections are idle than were released and not forgotten");
            }
        }
        if (ConnectionPool.getConnection(HOST, 80) != null) {
            throw new IllegalStateException("a connection is idle that was forgotten");
        }
        start(0);
    }

    @Override public void stop() {
        // Nothing was opened.
    }

    private static NHttpClientConnection take() {
        NHttpClientConnection connection = ConnectionPool.getConnection(HOST, 80);
        if (connection == null) {
            throw new IllegalStateException("no connection is idle");
        }
        return connection;
    }

    /** As the reader of a connection does at the end of a response. */
    private void release(NHttpClientConnection connection) throws ReflectiveOperationException {
        connection.getContext().setAttribute("synapse.axis2-http-request", requests.newInstance());
        ConnectionPool.release(connection);
    }

    private static NHttpClientConnection connect() {
        NHttpClientConnection connection = new SynapseNHttpClientConnection(new Session(), 16, 16, HeapByteBufferAllocator.INSTANCE, null, null, null, null, null,
                DefaultHttpRequestWriterFactory.INSTANCE, DefaultHttpResponseParserFactory.INSTANCE);
        connection.getContext().setAttribute("http.target_host", new HttpHost(HOST, 80));
        return connection;
    }

    /** A session of HttpCore without a socket. */
    private static final class Session implements IOSession {

        private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 80);

        private final Map<String, Object> attributes = new ConcurrentHashMap<>(4);
        private volatile int status = ACTIVE;

        @Override public ByteChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override public SocketAddress getRemoteAddress() {
            return NOWHERE;
        }

        @Override public SocketAddress getLocalAddress() {
            return NOWHERE;
        }

        @Override public int getEventMask() {
            return 0;
        }

        @Override public void setEventMask(int ops) {
            // No selector.
        }

        @Override public void setEvent(int op) {
            // No selector.
        }

        @Override public void clearEvent(int op) {
            // No selector.
        }

        @Override public void close() {
            status = CLOSED;
        }

        @Override public void shutdown() {
            status = CLOSED;
        }

        @Override public int getStatus() {
            return status;
        }

        @Override public boolean isClosed() {
            return status == CLOSED;
        }

        @Override public int getSocketTimeout() {
            return 0;
        }

        @Override public void setSocketTimeout(int timeout) {
            // No socket.
        }

        @Override public void setBufferStatus(SessionBufferStatus buffers) {
            // Nothing is buffered.
        }

        @Override public boolean hasBufferedInput() {
            return false;
        }

        @Override public boolean hasBufferedOutput() {
            return false;
        }

        @Override public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @Override public Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override public Object removeAttribute(String name) {
            return attributes.remove(name);
        }
    }
}

package sample.proxy;

import java.net.InetSocketAddress;

/**
 * How a proxy is to run.
 *
 * @param listen         where clients connect; port 0 for any
 * @param admin          where the counters are; port 0 for any
 * @param server         the one origin behind the proxy
 * @param protocol       what is spoken to the origin
 * @param tls            which sides speak TLS
 * @param loops          event loops, at least 1
 * @param maxconn        requests in flight to the origin at most; 0 for no limit
 * @param wakeInsideLock wake the old tasklet of a connection taken over before its lock is free, as HAProxy does
 * @param timeLocks      read the clock around the wake's lock
 * @param connectMillis  for a connection to the origin, and for a place among {@code maxconn}
 * @param serverMillis   for the origin to go on with its answer; also how long a connection may lie idle
 * @param clientMillis   for the client to go on with its request, or to send the next one
 */
record Settings(InetSocketAddress listen, InetSocketAddress admin, InetSocketAddress server, Protocol protocol, TlsSettings tls, int loops, LockKind lock,
        Reuse reuse, PoolSettings pool, int maxconn, boolean wakeInsideLock, boolean timeLocks, long connectMillis, long serverMillis, long clientMillis) {
    /** The largest head that is read, in bytes. */
    static final int MAX_HEAD = 16 * 1024;
    static final int INPUT_BUFFER = 16 * 1024;
    /** The most that one step puts into an output buffer, in bytes: a head with what the proxy adds to it, or a full input buffer. */
    static final int LARGEST_PIECE = MAX_HEAD + 2048;
    static final int OUTPUT_BUFFER = 2 * LARGEST_PIECE + 4096;
    /** No less than the largest record that the JDK makes or takes, in bytes. */
    static final int TLS_RECORD = 17 * 1024;
    /** How long a stop waits for requests in flight, in milliseconds. */
    static final long STOP_GRACE = 10_000;
    /** How long a closing connection reads on, so that the client gets the answer and not a reset, in milliseconds. */
    static final long LINGER = 2_000;
}

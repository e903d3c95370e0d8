package sample.proxy;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A loop's server connections that have streams and room for more (HAProxy: a server's {@code avail} tree). None of them is in an
 * idle list, so no other loop can take one over, and no lock guards this. Owner thread only.
 */
final class AvailConns {
    private final Set<BackConnection> connections = new LinkedHashSet<>();

    void add(BackConnection connection) {
        connections.add(connection);
    }

    void remove(BackConnection connection) {
        connections.remove(connection);
    }

    /** A connection that another stream can be attached to; null if there is none. It stays here. */
    BackConnection get() {
        for (BackConnection connection : connections) {
            if (connection.mux.hasRoom()) {
                return connection;
            }
        }
        return null;
    }

    /** The loop ends: closes what is left. */
    void closeAll() {
        Set.copyOf(connections).forEach(BackConnection::fail);
    }
}

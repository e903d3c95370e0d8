package sample.proxy;

/** Idle connections from the youngest to the oldest, linked through themselves. Guarded by the lock of the {@link IdleConns} it is part of. */
final class Ring {
    /** Null if there is none. */
    BackConnection newest;

    BackConnection oldest() {
        return newest == null ? null : newest.previous;
    }

    void link(BackConnection connection) {
        if (newest == null) {
            connection.next = connection;
            connection.previous = connection;
        } else {
            connection.next = newest;
            connection.previous = newest.previous;
            newest.previous.next = connection;
            newest.previous = connection;
        }
        newest = connection;
    }

    void unlink(Connection connection) {
        if (connection.next == connection) {
            newest = null;
        } else {
            connection.previous.next = connection.next;
            connection.next.previous = connection.previous;
            if (newest == connection) {
                newest = connection.next;
            }
        }
        connection.next = null;
        connection.previous = null;
    }
}

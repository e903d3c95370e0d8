package moving;

import java.util.concurrent.locks.ReentrantLock;

/** A connection that says whose it is, and is its own carrier. */
class Connection {
    Thread owner = Thread.currentThread();
    Pool listed;
    int handled;

    final boolean isListed() {
        return listed != null;
    }

    final boolean isMine() {
        return owner == Thread.currentThread();
    }

    final void attach() {
        handled++;
    }
}

final class Pool {
    final ReentrantLock lock = new ReentrantLock();
    Connection idle;

    void insert(Connection connection) {
        lock.lock();
        try {
            link(connection);
        } finally {
            lock.unlock();
        }
    }

    private void link(Connection connection) {
        connection.listed = this;
        idle = connection;
    }

    Connection take() {
        lock.lock();
        try {
            Connection connection = idle;
            if (connection != null) {
                moved(connection);
            }
            return connection;
        } finally {
            lock.unlock();
        }
    }

    private boolean moved(Connection connection) {
        if (connection.handled < 0) {
            return false;
        }
        idle = null;
        connection.listed = null;
        connection.owner = Thread.currentThread();
        connection.attach();
        return true;
    }

    void wake(Connection connection) {
        lock.lock();
        try {
            if (connection.isListed()) {
                idle = null;
                connection.listed = null;
            }
        } finally {
            lock.unlock();
        }
        connection.handled++;
    }

    void run(Connection connection) {
        wake(connection);
    }
}

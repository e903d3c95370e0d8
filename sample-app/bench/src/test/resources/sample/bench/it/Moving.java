package moving;

import java.util.concurrent.locks.ReentrantLock;

/** A pool whose connections say whose they are: the smallest that 'moves-owner' fits. */
public final class Moving {
    private Moving() {
    }

    static final class Connection {
        Thread owner = Thread.currentThread();
        Pool listed;
        int handled;

        boolean isListed() {
            return listed != null;
        }

        void attach() {
            handled++;
        }
    }

    static final class Pool {
        final ReentrantLock lock = new ReentrantLock();
        Connection idle;

        void insert(Connection connection) {
            lock.lock();
            try {
                connection.listed = this;
                idle = connection;
            } finally {
                lock.unlock();
            }
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

        private void moved(Connection connection) {
            idle = null;
            connection.listed = null;
            connection.owner = Thread.currentThread();
            connection.attach();
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
    }
}

package org.example.pool;

import java.util.concurrent.locks.ReentrantLock;

final class Pool {

    final ReentrantLock lock = new ReentrantLock();
    private Connection idle;

    void insert(Connection connection) {
        lock.lock();
        try {
            connection.list = this;
            idle = connection;
        } finally {
            lock.unlock();
        }
    }

    void unlink(Connection connection) {
        connection.list = null;
        idle = null;
    }

    Connection steal(Pool thief) {
        lock.lock();
        try {
            Connection found = idle;
            if (found != null) {
                takeover(found, thief);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private void takeover(Connection connection, Pool thief) {
        Tasklet old = connection.tasklet;
        connection.tasklet = new Tasklet(thief, connection);
        old.context = null;
        unlink(connection);
    }
}

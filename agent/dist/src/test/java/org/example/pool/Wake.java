package org.example.pool;

final class Wake {

    long woken;

    void wake(Tasklet tasklet) {
        Connection connection;
        boolean wasIdle;
        tasklet.pool.lock.lock();
        try {
            counted();
            connection = tasklet.context;
            if (connection == null) {
                return;
            }
            wasIdle = connection.isListed();
            if (wasIdle) {
                tasklet.pool.unlink(connection);
            }
        } finally {
            tasklet.pool.lock.unlock();
        }
        connection.handled += wasIdle ? 1 : 2;
    }

    private void counted() {
        woken++;
    }
}

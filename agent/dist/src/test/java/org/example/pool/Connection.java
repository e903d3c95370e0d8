package org.example.pool;

final class Connection {

    Tasklet tasklet;
    Pool list;
    int handled;

    Connection(Pool pool) {
        tasklet = new Tasklet(pool, this);
    }

    boolean isListed() {
        return list != null;
    }

    void attach() {
        handled++;
    }
}

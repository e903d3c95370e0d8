package org.example.pool;

final class Tasklet {

    final Pool pool;
    volatile Connection context;

    Tasklet(Pool pool, Connection context) {
        this.pool = pool;
        this.context = context;
    }
}

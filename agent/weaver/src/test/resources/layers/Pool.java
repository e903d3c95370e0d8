package layers;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The mux's wake handle. */
final class Tasklet {
    final Loop loop;
    volatile Connection context;

    Tasklet(Loop loop, Connection context) {
        this.loop = loop;
        this.context = context;
    }
}

final class Connection {
    /** Somebody is working on it; two at once is what the whole protocol is there to prevent. */
    final AtomicBoolean busy = new AtomicBoolean();
    Tasklet tasklet;
    final TlsLayer tls;
    IdleConns list;
    Connection next;
    int handled;

    Connection(Loop loop, boolean secure) {
        tasklet = new Tasklet(loop, this);
        tls = secure ? new TlsLayer(loop, this) : null;
    }

    final boolean isListed() {
        return list != null;
    }

    void attach() {
        handled++;
        if (tls != null) {
            tls.attached();
        }
    }

    void handle() {
        if (!busy.compareAndSet(false, true)) {
            Counters.MEETINGS.incrementAndGet();
            return;
        }
        handled++;
        busy.set(false);
    }
}

/** What a connection has below its mux if it speaks TLS. */
final class TlsLayer {
    final Connection connection;
    TlsTasklet tasklet;
    int records;

    TlsLayer(Loop loop, Connection connection) {
        this.connection = connection;
        this.tasklet = new TlsTasklet(loop, this);
    }

    void attached() {
        records++;
    }
}

final class Counters {
    static final AtomicLong MEETINGS = new AtomicLong();

    long locked;
    long woken;
    long wokenTls;

    void locked() {
        locked++;
    }
}

final class IdleConns {
    final ReentrantLock lock = new ReentrantLock();
    Connection newest;

    void insert(Connection connection) {
        lock.lock();
        try {
            link(connection);
        } finally {
            lock.unlock();
        }
    }

    private void link(Connection connection) {
        connection.next = newest;
        connection.list = this;
        newest = connection;
    }

    void unlink(Connection connection) {
        if (newest == connection) {
            newest = connection.next;
        } else {
            Connection before = newest;
            while (before.next != connection) {
                before = before.next;
            }
            before.next = connection.next;
        }
        connection.next = null;
        connection.list = null;
    }

    Connection get() {
        lock.lock();
        try {
            Connection found = newest;
            if (found != null) {
                unlink(found);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    void takeover(Connection connection, Loop thief) {
        Tasklet old = connection.tasklet;
        Tasklet fresh = new Tasklet(thief, connection);
        unlink(connection);
        TlsLayer tls = connection.tls;
        if (tls != null) {
            TlsTasklet oldTls = tls.tasklet;
            tls.tasklet = new TlsTasklet(thief, tls);
            oldTls.context = null;
        }
        connection.tasklet = fresh;
        old.context = null;
    }
}

final class MuxWake {
    /** False if the tasklet was stolen. */
    boolean wake(Tasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        Counters counters = tasklet.loop.counters;
        counters.woken++;
        Connection connection;
        boolean wasIdle;
        idle.lock.lock();
        try {
            counters.locked();
            connection = (Connection) tasklet.context;
            if (connection == null) {
                return false;
            }
            wasIdle = connection.isListed();
            if (wasIdle) {
                idle.unlink(connection);
            }
        } finally {
            idle.lock.unlock();
        }
        connection.handle();
        if (wasIdle) {
            idle.insert(connection);
        }
        return true;
    }
}

final class TlsWake {
    /** False if the tasklet was stolen. */
    boolean wake(TlsTasklet tasklet) {
        IdleConns idle = tasklet.loop.idle;
        Counters counters = tasklet.loop.counters;
        counters.wokenTls++;
        Connection connection;
        boolean wasIdle;
        idle.lock.lock();
        try {
            counters.locked();
            TlsLayer layer = (TlsLayer) tasklet.context;
            if (layer == null) {
                return false;
            }
            connection = layer.connection;
            wasIdle = connection.isListed();
            if (wasIdle) {
                idle.unlink(connection);
            }
        } finally {
            idle.lock.unlock();
        }
        connection.handle();
        if (wasIdle) {
            idle.insert(connection);
        }
        return true;
    }
}

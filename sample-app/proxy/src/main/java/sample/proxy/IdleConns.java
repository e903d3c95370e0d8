package sample.proxy;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One loop's idle server connections and the takeover lock that guards them (HAProxy: {@code idle_conns[tid]}).
 *
 * <p>A connection in the list belongs to nobody but the lock: its owner, which put it there, may not touch it again before it has
 * unlinked it, and another loop may take it over at any moment. At most one such lock is held by a thread, and nothing that is
 * called under it takes a lock, but for the SSLEngine's own, which nobody else is after then.
 */
class IdleConns {
    final ReentrantLock reentrant = new ReentrantLock();
    final Object monitor = new Object();
    final SpinLock spin = new SpinLock();

    final LockKind kind;
    /** Connections that have served one exchange only: the origin may not keep them at all. Guarded by the lock. */
    final Ring idle = new Ring();
    /** Connections that have proved themselves, for requests that nobody could send again. Guarded by the lock. */
    final Ring safe = new Ring();
    private final LoopCounters counters;
    private final IdlePool pool;
    /** Changed under the lock, read by thieves without it: a wrong look costs them a try or a connection, nothing else. */
    private volatile int size;
    /** Of these, the safe ones. */
    private volatile int safeSize;
    /** The loop stops and takes no connection back. Guarded by the lock. */
    private boolean refusing;

    IdleConns(LockKind kind, LoopCounters counters, IdlePool pool) {
        this.kind = kind;
        this.pool = pool;
        this.counters = counters;
    }

    int size() {
        return size;
    }

    /** How many there are, or how many of them are safe. */
    int size(boolean safeOnly) {
        return safeOnly ? safeSize : size;
    }

    /**
     * Publishes a connection that has just become idle. Owner thread.
     *
     * @return false if it was refused and is still the caller's. After true another loop may have it already: touch nothing of it.
     */
    boolean insert(BackConnection connection) {
        counters.insertOffered();
        switch (kind) {
            case REENTRANT -> {
                reentrant.lock();
                try {
                    return insertLocked(connection);
                } finally {
                    reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (monitor) {
                    return insertLocked(connection);
                }
            }
            default -> {
                spin.lock();
                try {
                    return insertLocked(connection);
                } finally {
                    spin.unlock();
                }
            }
        }
    }

    private boolean insertLocked(BackConnection connection) {
        counters.insertLocked();
        if (refusing || !pool.admit()) {
            counters.insertRefused();
            return false;
        }
        assert !connection.isListed() && !connection.closed;
        connection.list = this;
        ring(connection).link(connection);
        size = size + 1;
        if (connection.safe) {
            safeSize = safeSize + 1;
        }
        return true;
    }

    private Ring ring(Connection connection) {
        return connection.safe ? safe : idle;
    }

    /**
     * Takes the youngest connection for a request of the owner's; null if there is none. Owner thread.
     *
     * @param first it is its client's first request: safe connections are preferred
     * @param only  ... and no others will do
     */
    BackConnection get(boolean first, boolean only) {
        counters.lookup();
        switch (kind) {
            case REENTRANT -> {
                reentrant.lock();
                try {
                    return getLocked(first, only);
                } finally {
                    reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (monitor) {
                    return getLocked(first, only);
                }
            }
            default -> {
                spin.lock();
                try {
                    return getLocked(first, only);
                } finally {
                    spin.unlock();
                }
            }
        }
    }

    private BackConnection getLocked(boolean first, boolean only) {
        counters.getLocked();
        BackConnection found = getLocked(first ? safe : idle);
        if (found == null && !only) {
            found = getLocked(first ? idle : safe);
        }
        return found;
    }

    private BackConnection getLocked(Ring ring) {
        BackConnection candidate = ring.newest;
        while (candidate != null) {
            // Queued: it has become readable, which for an idle connection is bad news. Its wake, already on the way, sees to it.
            if (!candidate.doomed && !candidate.isQueued()) {
                unlink(candidate);
                return candidate;
            }
            candidate = candidate.next == ring.newest ? null : candidate.next;
        }
        return null;
    }

    /**
     * Moves a listed connection to another loop: new tasklet there, the old one loses its context, out of this list. Thief's
     * thread, under this list's lock. What can fail comes before the first visible change (HAProxy 4f02e3da6).
     *
     * @return false if nothing was changed, because the channel could not be registered
     */
    final boolean takeover(BackConnection connection, EventLoop thief) {
        Tasklet old = connection.tasklet;
        Tasklet fresh = new Tasklet(thief, connection, false);
        TlsLayer tls = connection.tls;
        TlsTasklet oldTls = tls == null ? null : tls.tasklet;
        TlsTasklet freshTls = tls == null ? null : new TlsTasklet(fresh, tls);
        Handle lowest = tls == null ? fresh : freshTls;
        try {
            // Two live keys are legal. Back on a loop whose key was not cancelled yet, this re-attaches that key.
            lowest.key = connection.channel.register(thief.selector, SelectionKey.OP_READ, lowest);
        } catch (IOException | RuntimeException e) {
            return false;
        }
        unlink(connection); // first, because it is the last thing that may fail: what follows happens as a whole
        connection.tasklet = fresh;
        old.timer.context = null;
        old.context = null; // from here on the old owner's wake finds nothing; its key and timer go when that wake runs
        if (tls != null) {
            tls.tasklet = freshTls;
            oldTls.context = null; // both layers, or the old one below could still run the new one above
        }
        return true;
    }

    /**
     * Looks at a timer that is due. Owner thread.
     *
     * @return the connection if its time is up: no longer listed and the caller's. Null if it was taken over, or if there is time
     *         left: then the timer is due again at {@code timer.due}
     */
    Connection expire(ConnectionTimer timer, long now) {
        switch (kind) {
            case REENTRANT -> {
                reentrant.lock();
                try {
                    return expireLocked(timer, now);
                } finally {
                    reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (monitor) {
                    return expireLocked(timer, now);
                }
            }
            default -> {
                spin.lock();
                try {
                    return expireLocked(timer, now);
                } finally {
                    spin.unlock();
                }
            }
        }
    }

    private Connection expireLocked(ConnectionTimer timer, long now) {
        counters.timerLocked();
        Connection connection = timer.context; // nothing of the connection is read before this check
        if (connection == null) {
            return null;
        }
        if (connection.deadline > now) {
            timer.due = connection.deadline;
            return null;
        }
        if (connection.isListed()) {
            unlink(connection);
        }
        return connection;
    }

    /**
     * Refuses inserts from now on and takes out what is listed, one connection a call, for the owner to close. Owner thread.
     *
     * @return null once the list is empty
     */
    BackConnection drain() {
        switch (kind) {
            case REENTRANT -> {
                reentrant.lock();
                try {
                    return drainLocked();
                } finally {
                    reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (monitor) {
                    return drainLocked();
                }
            }
            default -> {
                spin.lock();
                try {
                    return drainLocked();
                } finally {
                    spin.unlock();
                }
            }
        }
    }

    private BackConnection drainLocked() {
        refusing = true;
        return takeOldestLocked();
    }

    /** Takes out the connection that has lain here longest, for the owner to close; null if there is none. Owner thread. */
    BackConnection takeOldest() {
        switch (kind) {
            case REENTRANT -> {
                reentrant.lock();
                try {
                    return takeOldestLocked();
                } finally {
                    reentrant.unlock();
                }
            }
            case SYNCHRONIZED -> {
                synchronized (monitor) {
                    return takeOldestLocked();
                }
            }
            default -> {
                spin.lock();
                try {
                    return takeOldestLocked();
                } finally {
                    spin.unlock();
                }
            }
        }
    }

    private BackConnection takeOldestLocked() {
        BackConnection oldest = idle.oldest();
        if (oldest == null) {
            oldest = safe.oldest();
        }
        if (oldest != null) {
            unlink(oldest);
        }
        return oldest;
    }

    /** Under the lock only, and only for a connection that is listed here. */
    final void unlink(Connection connection) {
        assert connection.list == this;
        ring(connection).unlink(connection);
        connection.list = null;
        size = size - 1;
        if (connection.safe) {
            safeSize = safeSize - 1;
        }
        pool.left();
    }
}

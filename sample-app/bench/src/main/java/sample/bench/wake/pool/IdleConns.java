package sample.bench.wake.pool;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Idle connections and the lock that guards them; which of the locks is chosen when it is made. */
public final class IdleConns extends Padded {
    final ReentrantLock reentrant = new ReentrantLock();
    final Lock lock = new ReentrantLock();
    final ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
    final StampedLock stamped = new StampedLock();
    final Object monitor = new Object();
    final SpinLock spin = new SpinLock();
    final LockKind kind;
    Connection newest;

    public IdleConns(LockKind kind) {
        this.kind = kind;
    }

    /** Publishes a connection. */
    public void insert(Connection connection) {
        switch (kind) {
            case REENTRANT -> {
                reentrant.lock();
                try {
                    link(connection);
                } finally {
                    reentrant.unlock();
                }
            }
            case LOCK -> {
                lock.lock();
                try {
                    link(connection);
                } finally {
                    lock.unlock();
                }
            }
            case READ_WRITE -> {
                readWrite.writeLock().lock();
                try {
                    link(connection);
                } finally {
                    readWrite.writeLock().unlock();
                }
            }
            case STAMPED -> {
                long stamp = stamped.writeLock();
                try {
                    link(connection);
                } finally {
                    stamped.unlockWrite(stamp);
                }
            }
            case MONITOR -> {
                synchronized (monitor) {
                    link(connection);
                }
            }
            case METHOD -> {
                synchronized (this) {
                    link(connection);
                }
            }
            default -> {
                spin.lock();
                try {
                    link(connection);
                } finally {
                    spin.unlock();
                }
            }
        }
    }

    /** The same, patched by hand. */
    public void insertPatched(Connection connection) {
        connection.tasklet.usr1 = true;
        insert(connection);
    }

    /** A thief's look: gets the lock, by trying where that can be proved, and takes what it finds. True if it got the lock. */
    public boolean scan(IdleConns own) {
        return switch (kind) {
            case REENTRANT -> scanReentrant(own);
            case LOCK -> scanLock(own);
            case READ_WRITE -> scanReadWrite(own);
            case STAMPED -> scanStamped(own);
            case MONITOR -> scanMonitor(own);
            case METHOD -> scanMethod(own);
            default -> scanSpin(own);
        };
    }

    private boolean scanReentrant(IdleConns own) {
        if (!reentrant.tryLock()) {
            return false;
        }
        try {
            takeNewest(own);
        } finally {
            reentrant.unlock();
        }
        return true;
    }

    private boolean scanLock(IdleConns own) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            takeNewest(own);
        } finally {
            lock.unlock();
        }
        return true;
    }

    private boolean scanReadWrite(IdleConns own) {
        if (!readWrite.writeLock().tryLock()) {
            return false;
        }
        try {
            takeNewest(own);
        } finally {
            readWrite.writeLock().unlock();
        }
        return true;
    }

    private boolean scanStamped(IdleConns own) {
        long stamp = stamped.writeLock();
        try {
            takeNewest(own);
        } finally {
            stamped.unlockWrite(stamp);
        }
        return true;
    }

    private boolean scanMonitor(IdleConns own) {
        synchronized (monitor) {
            takeNewest(own);
        }
        return true;
    }

    private synchronized boolean scanMethod(IdleConns own) {
        takeNewest(own);
        return true;
    }

    private boolean scanSpin(IdleConns own) {
        if (!spin.tryLock()) {
            return false;
        }
        try {
            takeNewest(own);
        } finally {
            spin.unlock();
        }
        return true;
    }

    private void takeNewest(IdleConns own) {
        if (newest != null) {
            takeover(newest, own);
        }
    }

    private void takeover(Connection connection, IdleConns own) {
        Tasklet old = connection.tasklet;
        Tasklet fresh = new Tasklet(own, connection);
        unlink(connection);
        connection.tasklet = fresh;
        old.context = null;
    }

    /** The wake under this object's own monitor. */
    synchronized boolean claim(Tasklet tasklet) {
        Connection connection = tasklet.context;
        if (connection == null) {
            return false;
        }
        if (connection.isListed()) {
            unlink(connection);
        }
        return true;
    }

    void unlink(Connection connection) {
        if (connection.previous == null) {
            newest = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next != null) {
            connection.next.previous = connection.previous;
        }
        connection.next = null;
        connection.previous = null;
        connection.list = null;
    }

    private void link(Connection connection) {
        connection.next = newest;
        if (newest != null) {
            newest.previous = connection;
        }
        connection.list = this;
        newest = connection;
    }
}

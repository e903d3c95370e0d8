package shapes;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** The carrier; its context is the connection. */
final class Handle {
    volatile Conn context;

    Handle(Conn context) {
        this.context = context;
    }
}

final class Conn {
    Handle handle = new Handle(this);
    Pool list;

    final boolean isListed() {
        return list != null;
    }
}

/** The list, the locks, and the transitions; the shapes extend it to have the locks in {@code this}. */
class Pool {
    final ReentrantLock lock = new ReentrantLock();
    final ReentrantLock other = new ReentrantLock();
    final Object monitor = new Object();
    int removed;

    void insert(Conn conn) {
        lock.lock();
        try {
            conn.list = this;
        } finally {
            lock.unlock();
        }
    }

    final void remove(Conn conn) {
        removed++;
        conn.list = null;
    }

    final void takeover(Conn conn) {
        Handle old = conn.handle;
        conn.handle = new Handle(conn);
        old.context = null;
        conn.list = null;
    }

    void steal(Conn conn) {
        lock.lock();
        try {
            takeover(conn);
        } finally {
            lock.unlock();
        }
    }

    void attach(Conn conn) {
    }

    int check(int x) {
        if (x == 7) {
            throw new IllegalStateException("seven");
        }
        return x + 1;
    }
}

/** One method a shape, named by the letter. Each is given 9 inputs; some throw. */
final class Shapes extends Pool {

    /** Try and finally. */
    int a(Handle h, int x) {
        int r;
        lock.lock();
        try {
            r = h.context.isListed() ? x * 2 : x + 1;
        } finally {
            lock.unlock();
        }
        return check(r);
    }

    /** A second region of the same lock, later: it stays locked. */
    int b(Handle h, int x) {
        boolean listed;
        lock.lock();
        try {
            listed = h.context.isListed();
        } finally {
            lock.unlock();
        }
        int r = check(x);
        lock.lock();
        try {
            removed += listed ? 2 : 1;
        } finally {
            lock.unlock();
        }
        return r;
    }

    /** Another lock, nested where only a listed connection comes. */
    int c(Handle h, int x) {
        lock.lock();
        try {
            if (h.context.isListed()) {
                other.lock();
                try {
                    removed += check(x);
                } finally {
                    other.unlock();
                }
            }
        } finally {
            lock.unlock();
        }
        return check(x);
    }

    /** Early returns. */
    int d(Handle h, int x) {
        lock.lock();
        try {
            if (x < 3) {
                return -x;
            }
            if (h.context.isListed()) {
                return check(x);
            }
        } finally {
            lock.unlock();
        }
        return check(x + 1);
    }

    /** Break and continue out of the region. */
    int e(Handle h, int x) {
        int sum = 0;
        for (int i = 0; i < 5; i++) {
            lock.lock();
            try {
                if (i == x) {
                    break;
                }
                if ((i & 1) == 1 || h.context.isListed()) {
                    continue;
                }
                sum += i;
            } finally {
                lock.unlock();
            }
            sum = check(sum);
        }
        return sum;
    }

    /** The lock taken inside the try: refused. */
    int f(Handle h, int x) {
        try {
            lock.lock();
            return h.context.isListed() ? 1 : x;
        } finally {
            lock.unlock();
        }
    }

    /** Taken on a condition: refused. */
    int g(Handle h, int x) {
        if (x > 4) {
            lock.lock();
        }
        try {
            return h.context.isListed() ? 1 : x;
        } finally {
            if (x > 4) {
                lock.unlock();
            }
        }
    }

    /** Taken twice: refused. */
    int h(Handle h, int x) {
        lock.lock();
        try {
            lock.lock();
            try {
                return h.context.isListed() ? 1 : x;
            } finally {
                lock.unlock();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Kept when the method ends: refused. */
    int i(Handle h, int x) {
        lock.lock();
        return h.context.isListed() ? 1 : x;
    }

    /** Given back by hand on each way, through an alias; wide arguments in a static method. */
    static int j(Shapes self, long wide, Handle h, double wider, int x) {
        Lock alias = self.lock;
        alias.lock();
        boolean listed;
        try {
            listed = h.context.isListed();
        } catch (RuntimeException failed) {
            alias.unlock();
            return -1;
        } catch (Error failed) {
            alias.unlock();
            throw failed;
        } catch (Throwable failed) {
            alias.unlock();
            return -2;
        }
        if (listed) {
            self.removed++;
            alias.unlock();
            return (int) wide;
        }
        alias.unlock();
        return self.check(x) + (int) wider;
    }

    /** A lambda behind the region, a monitor, a loop that takes it again. */
    int k(Handle h, int x) {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            int here = i;
            boolean listed;
            synchronized (monitor) {
                listed = h.context.isListed();
                if (listed) {
                    removed++;
                }
            }
            IntSupplier later = () -> check(x + here);
            sum += listed ? 1 : later.getAsInt();
        }
        return sum;
    }

    /** The lock may be another one: refused. */
    int l(Handle h, int x) {
        ReentrantLock one = x > 4 ? lock : other;
        one.lock();
        try {
            return h.context.isListed() ? 1 : x;
        } finally {
            one.unlock();
        }
    }

    /** Another lock on the way of every wake: refused. */
    int m(Handle h, int x) {
        lock.lock();
        try {
            other.lock();
            try {
                return h.context.isListed() ? 1 : x;
            } finally {
                other.unlock();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Not given back if what stands between throws: refused. */
    int o(Handle h, int x) {
        lock.lock();
        int r = h.context.isListed() ? 1 : check(x);
        lock.unlock();
        return r;
    }

    /** Waits in the region: refused. */
    int n(Handle h, int x) throws InterruptedException {
        synchronized (monitor) {
            if (x == 100) {
                monitor.wait();
            }
            return h.context.isListed() ? 1 : x;
        }
    }
}

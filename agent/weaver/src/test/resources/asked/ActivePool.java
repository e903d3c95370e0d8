package asked;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.concurrent.locks.ReentrantLock;

final class Active {
    final int number;

    Active(int number) {
        this.number = number;
    }
}

/** A clear flag means that the connection is in the set. Its lock is taken by methods that a subclass could override. */
class ActivePool implements Shape {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Active> idle = new ArrayDeque<>();
    private final HashSet<Active> active = new HashSet<>();
    private final Active[] all;

    ActivePool(int connections) {
        all = new Active[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = new Active(i);
            idle.offer(all[i]);
        }
    }

    protected void lock() {
        lock.lock();
    }

    protected void unlock() {
        lock.unlock();
    }

    boolean isActive(Active connection) {
        lock();
        try {
            return active.contains(connection);
        } finally {
            unlock();
        }
    }

    Active activate() {
        Active found;
        lock();
        try {
            found = idle.poll();
            if (found == null) {
                return null;
            }
            active.add(found);
        } finally {
            unlock();
        }
        return found;
    }

    boolean release(Active connection) {
        lock();
        try {
            if (!active.remove(connection)) {
                return false;
            }
            idle.offerFirst(connection);
        } finally {
            unlock();
        }
        return true;
    }

    void end() {
        lock();
        try {
            active.clear();
        } finally {
            unlock();
        }
    }

    /** For tests, its author thought. */
    java.util.Collection<Active> all() {
        return active;
    }

    public boolean insert(int n) {
        return release(all[n]);
    }

    public int take() {
        Active found = activate();
        return found == null ? -1 : found.number;
    }

    public String ask(int n) {
        return String.valueOf(isActive(all[n]));
    }
}

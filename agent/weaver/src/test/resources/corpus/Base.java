package corpus;

import java.util.concurrent.locks.ReentrantLock;

/** A bypass is proved for the method; the value is the lock, as a target writes it. */
@interface Bypassed {
    String value();
}

/** The bypass is refused with a sentence that begins, or whose finding begins, like this. */
@interface Refused {
    String lock();
    String found();
    /** Another reading than whether the connection is listed. */
    String asks() default "{ call: Conn#isListed, is: \"false\" }";
}

/** The method's acquisitions are timed and counted. It tells {@link Base#took} of each. */
@interface Observed {
    String value();
}

/** They cannot be. */
@interface NotObserved {
    String lock();
    String found();
}

/** The carrier; its context is the connection. */
final class Handle {
    volatile Conn context;

    Handle(Conn context) {
        this.context = context;
    }
}

final class Conn {
    Handle handle = new Handle(this);
    Base list;
    boolean stale;

    final boolean isListed() {
        return list != null;
    }
}

/** The list and the transitions, under a lock of their own; each family of shapes extends it to have its locks in {@code this}. */
abstract class Base {
    static int taken;

    final ReentrantLock guard = new ReentrantLock();
    int removed;

    void insert(Conn conn) {
        guard.lock();
        try {
            conn.list = this;
        } finally {
            guard.unlock();
        }
    }

    final int drop(Conn conn) {
        conn.list = null;
        return ++removed;
    }

    final void takeover(Conn conn) {
        Handle old = conn.handle;
        conn.handle = new Handle(conn);
        old.context = null;
        conn.list = null;
    }

    void steal(Conn conn) {
        guard.lock();
        try {
            takeover(conn);
        } finally {
            guard.unlock();
        }
    }

    void attach(Conn conn) {
    }

    /** Written by a method that marks nothing. */
    void touch(Conn conn) {
        conn.stale = true;
    }

    final int check(int x) {
        if (x == 7) {
            throw new IllegalStateException("seven");
        }
        return x + 1;
    }

    final int took(int x) {
        taken++;
        return x;
    }

    /** How the locks of the family are held by this thread and by anyone; each call looks the same when nothing is. */
    abstract String state();
}

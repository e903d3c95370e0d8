package io.usr1.runtime;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What audit remembers of one carrier: whether it was ever SET, and by which thread it was cleared or woken last. Made
 * only while a gate is in {@link Mode#AUDIT}; the wake that bypasses never looks at it.
 */
final class Trail {

    /** The thread that is in an exclusive site with this carrier; null if none is. */
    final AtomicReference<Thread> inside = new AtomicReference<>();
    private volatile Thread last;
    private volatile boolean wasSet;

    private Trail() {
    }

    /** Before the flag is SET. */
    static void marked(Carrier carrier, Gate gate) {
        if (gate != null && gate.auditing()) {
            Trail trail = of(carrier);
            trail.wasSet = true;
            trail.last = null;
        }
    }

    /** Before the flag is CLEARed. Costs a plain read while audit has not looked at the carrier. */
    static void cleared(Carrier carrier) {
        Object trail = carrier.usr1$trail();
        if (trail instanceof Trail) {
            ((Trail) trail).last = Thread.currentThread();
        }
    }

    /** The carrier's trail, made if it has none. */
    static Trail of(Carrier carrier) {
        Object trail = carrier.usr1$trail();
        if (!(trail instanceof Trail)) {
            // Two threads that should never meet at one carrier must find the same trail, or audit could not tell that they did.
            synchronized (Trail.class) {
                trail = carrier.usr1$trail();
                if (!(trail instanceof Trail)) {
                    trail = new Trail();
                    carrier.usr1$trail(trail);
                }
            }
        }
        return (Trail) trail;
    }

    boolean wasSet() {
        return wasSet;
    }

    /** The thread that cleared the flag, or woke the carrier while it was clear, before this one did; null if it is the first since the SET. */
    Thread comes(Thread thread) {
        Thread before = last;
        last = thread;
        return before;
    }
}

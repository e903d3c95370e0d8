package io.usr1.events;

import io.usr1.runtime.Site;

/**
 * Lock timing as JFR events. The token is the event itself: created only when a thread has to wait, begun before the wait,
 * ended after it, written by the same thread after the unlock. No event is created on an uncontended path.
 *
 * <p>A monitor or a lock of the pool's own cannot be asked first whether it is free. JFR cannot back-date an event, and
 * an event without duration never passes a threshold. So each thread keeps one event that {@link #entering} begins anew
 * before every such acquisition and that is used up only if the wait was long. That is one more clock reading and a
 * thread-local read, and only while contention is recorded.
 */
final class JfrSink extends FindingsSink {

    /** Never written; {@code isEnabled()} on an event class's own instance costs 0.3 ns, and the JIT removes it. */
    private static final LockContention CONTENTION = new LockContention();
    private static final LockAcquisition ACQUISITION = new LockAcquisition();
    private static final Violation VIOLATION = new Violation();

    private final ThreadLocal<Begun> begun = ThreadLocal.withInitial(Begun::new);
    private final Limit contentions;
    private final Limit violations;

    JfrSink(Findings findings, int eventsPerSecond) {
        super(findings);
        contentions = new Limit(eventsPerSecond, System::nanoTime);
        violations = new Limit(eventsPerSecond, System::nanoTime);
    }

    @Override public boolean wantsContention() {
        return CONTENTION.isEnabled();
    }

    @Override public boolean wantsAcquisitions() {
        return ACQUISITION.isEnabled();
    }

    @Override public Object waiting(Site site, Object lock, Thread owner, long queued) {
        LockContention event = new LockContention();
        event.about(site, lock);
        event.heldBy(owner);
        event.queueLength = queued;
        event.begin();
        return event;
    }

    @Override public void entering(long startNanos) {
        begun.get().begin(startNanos);
    }

    @Override public Object waited(Site site, Object lock, long startNanos, long nanos) {
        LockContention event = begun.get().take(startNanos);
        if (event == null) {
            site.dropped();
        } else {
            event.about(site, lock);
        }
        return event;
    }

    @Override public void acquired(Object token, long nanos) {
        ((LockContention) token).end();
    }

    @Override public void commit(Object token, boolean insideLock) {
        LockContention event = (LockContention) token;
        if (!event.shouldCommit()) {
            return;
        }
        if (!contentions.take()) {
            event.from.dropped();
            return;
        }
        event.address = System.identityHashCode(event.lock);
        event.insideLock = insideLock;
        event.commit();
    }

    @Override public void acquisition(Site site, Object lock, boolean contended) {
        LockAcquisition event = new LockAcquisition();
        event.target = site.gate().target();
        event.role = site.role();
        event.site = site.method();
        event.monitorClass = lock == null ? null : lock.getClass();
        event.contended = contended;
        event.commit();
    }

    @Override public void violation(Site site, String what, String found, String assumed) {
        super.violation(site, what, found, assumed);
        if (!VIOLATION.isEnabled()) {
            return;
        }
        if (!violations.take()) {
            site.dropped();
            return;
        }
        Violation event = new Violation();
        event.target = site.gate().target();
        event.loader = site.gate().loader();
        event.role = site.role();
        event.site = site.method();
        event.what = what;
        event.found = found;
        event.assumed = assumed;
        event.commit();
    }

    /** A thread's next event, begun again and again until a wait is long enough to use it up. Its thread's alone. */
    private static final class Begun {
        private LockContention event = new LockContention();
        private long startNanos;

        void begin(long start) {
            startNanos = start;
            event.begin();
        }

        /** Null if another acquisition was begun since: a lock of the pool's own may take an observed lock inside. */
        LockContention take(long start) {
            if (start != startNanos) {
                return null;
            }
            LockContention taken = event;
            event = new LockContention();
            return taken;
        }
    }
}

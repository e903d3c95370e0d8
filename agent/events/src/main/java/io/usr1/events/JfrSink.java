package io.usr1.events;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Site;

/**
 * Lock timing as JFR events. The token is the event itself: created only when a thread has to wait, begun before the wait,
 * ended after it, written by the same thread after the unlock. No event is created on an uncontended path.
 *
 * <p>An acquisition that is recorded is a token too, alone or hanging on that of the wait; it is ended and written at the same place.
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
    private static final Takeover TAKEOVER = new Takeover();
    private static final Violation VIOLATION = new Violation();

    /** Events that come one an operation are wanted in greater numbers: a recording that has them on is a short one. */
    private static final int OPERATIONS_FOR_A_WAIT = 10;

    private final Holders holders = new Holders();
    private final ThreadLocal<Begun> begun = ThreadLocal.withInitial(Begun::new);
    private final Limit contentions;
    private final Limit violations;
    private final Limit operations;
    private final Transitions transitions;

    JfrSink(Findings findings, int eventsPerSecond) {
        super(findings);
        contentions = new Limit(eventsPerSecond, System::nanoTime);
        violations = new Limit(eventsPerSecond, System::nanoTime);
        operations = operations(eventsPerSecond);
        transitions = new Transitions(operations(eventsPerSecond));
    }

    private static Limit operations(int eventsPerSecond) {
        return new Limit((int) Math.min(Integer.MAX_VALUE, (long) eventsPerSecond * OPERATIONS_FOR_A_WAIT), System::nanoTime);
    }

    @Override public boolean listens() {
        return true;
    }

    @Override public boolean wantsContention() {
        return CONTENTION.isEnabled();
    }

    @Override public boolean wantsAcquisitions() {
        return ACQUISITION.isEnabled() || TAKEOVER.isEnabled();
    }

    @Override public Object waiting(Site site, Object lock, Thread owner, long queued) {
        LockContention event = new LockContention();
        event.about(site, lock);
        event.heldBy(owner, holders.site(owner, lock));
        event.behind(queued);
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
        LockContention event = (LockContention) token;
        event.end();
        if (ACQUISITION.isEnabled()) {
            event.takenAt = System.nanoTime();
        }
    }

    @Override public void holds(Site site, Object lock) {
        holders.holds(site, lock);
    }

    @Override public void commit(Object token, boolean insideLock) {
        LockAcquisition held = token instanceof LockContention waited ? waited.acquisition : (LockAcquisition) token;
        if (held != null) {
            write(held, insideLock);
        }
        // Committed here and not in a method of its own: that would be a third agent frame on top of the stack.
        if (token instanceof LockContention event && event.shouldCommit()) {
            if (contentions.take()) {
                event.fill(insideLock);
                event.commit();
            } else {
                event.from.dropped();
            }
        }
    }

    @Override public Object acquisition(Object token, Site site, Object lock, boolean contended) {
        if (!ACQUISITION.isEnabled() && !site.role().equals(Takeover.ROLE)) {
            return token;
        }
        LockAcquisition event = new LockAcquisition();
        event.about(site, lock, contended);
        event.begin();
        if (token == null) {
            return event;
        }
        ((LockContention) token).acquisition = event;
        return token;
    }

    private void write(LockAcquisition event, boolean insideLock) {
        if (!insideLock) {
            event.end();
        }
        boolean takeover = TAKEOVER.isEnabled() && event.from.role().equals(Takeover.ROLE);
        boolean wanted = event.shouldCommit();
        if (!takeover && !wanted) {
            return;
        }
        if (!operations.take()) {
            event.from.dropped();
            return;
        }
        event.fill(insideLock);
        if (wanted) {
            event.commit();
        }
        if (takeover) {
            new Takeover(event).commit();
        }
    }

    @Override public void inserting(Object carrier, Gate gate) {
        transitions.inserting(carrier, gate);
    }

    @Override public void attached(Object carrier, Gate gate) {
        transitions.attached(carrier, gate);
    }

    @Override public boolean wantsStaleWakes() {
        return Transitions.wantsStaleWakes();
    }

    @Override public void stale(Object carrier, Site site) {
        transitions.stale(carrier, site);
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

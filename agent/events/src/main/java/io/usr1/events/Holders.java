package io.usr1.events;

import io.usr1.runtime.Site;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where each thread last took a ReentrantLock: a waiter reads it of the thread that it found to be the owner, and so can say
 * what the holder was doing and not only who it was. Other locks name no owner, so nothing is kept of them.
 *
 * <p>Of the lock only its identity hash is kept, and a site refers to no class: a thread must not keep an application's
 * lock, nor its loader, alive.
 */
final class Holders {

    private final ConcurrentHashMap<Long, Known> byThread = new ConcurrentHashMap<>();
    private final ReferenceQueue<Own> gone = new ReferenceQueue<>();
    private final ThreadLocal<Own> own = ThreadLocal.withInitial(this::known);

    /** The calling thread holds {@code lock}, taken at {@code site}. */
    void holds(Site site, Object lock) {
        if (lock != null && lock.getClass() == ReentrantLock.class) {
            own.get().took(site, System.identityHashCode(lock));
        }
    }

    /** The site at which {@code owner} took {@code lock}; null if that is not known. Any thread. */
    Site site(Thread owner, Object lock) {
        Known known = owner == null ? null : byThread.get(owner.getId());
        Own held = known == null ? null : known.get();
        return held == null ? null : held.site(System.identityHashCode(lock));
    }

    private Own known() {
        for (Object ended = gone.poll(); ended != null; ended = gone.poll()) {
            byThread.remove(((Known) ended).thread, ended);
        }
        Own made = new Own();
        Known known = new Known(Thread.currentThread().getId(), made, gone);
        byThread.put(known.thread, known);
        return made;
    }

    /**
     * A thread's last acquisition: written by that thread alone, kept alive by it alone. A reader that sees the site of a later
     * acquisition also sees the zero, or the hash, that was written before it: so the site that it believes is one of this lock.
     */
    private static final class Own {

        private static final VarHandle LOCK = handle("lock", int.class);
        private static final VarHandle SITE = handle("site", Site.class);

        private int lock;
        private Site site;

        void took(Site at, int hash) {
            LOCK.setRelease(this, 0);
            SITE.setRelease(this, at);
            LOCK.setRelease(this, hash);
        }

        Site site(int hash) {
            if ((int) LOCK.getAcquire(this) != hash) {
                return null;
            }
            Site at = (Site) SITE.getAcquire(this);
            return (int) LOCK.getAcquire(this) == hash ? at : null;
        }

        private static VarHandle handle(String field, Class<?> type) {
            try {
                return MethodHandles.lookup().findVarHandle(Own.class, field, type);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    private static final class Known extends WeakReference<Own> {

        private final long thread;

        Known(long thread, Own own, ReferenceQueue<Own> gone) {
            super(own, gone);
            this.thread = thread;
        }
    }
}

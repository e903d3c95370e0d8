package io.usr1.events;

import io.usr1.runtime.Site;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import jdk.jfr.Unsigned;

/**
 * One wait for a lock of a pool; its duration is the wait. The ids {@code monitorClass}, {@code previousOwner} and
 * {@code address} are those of {@code jdk.JavaMonitorEnter}, so that JDK Mission Control groups both alike.
 *
 * <p>Written by the thread that waited and by no other. What is unknown is never {@code Long.MIN_VALUE}: the {@code jfr} tool
 * prints that as "N/A", but JDK Mission Control shows and sums it up as a number.
 */
@Name("io.usr1.LockContention")
@Label("Pool Lock Contention")
@Description("A thread waited for a lock of a connection pool; the duration is the wait")
@Category({"usr1-agent", "Pool Locks"})
@Threshold("10 us")
@StackTrace(true)
final class LockContention extends Event {

    @Label("Target") @Description("The target that names the lock")
    String target;

    @Label("Pool") @Description("The pool instance: class and identity of its lock")
    String pool;

    @Label("Role") @Description("What the waiting code does: wake, get, insert, takeover, ...")
    String role;

    @Label("Site") @Description("Class and method that waited")
    String site;

    @Label("Lock Class") @Description("Class of the lock, or of the object whose monitor it is")
    Class<?> monitorClass;

    @Label("Lock Identity") @Description("Identity hash of the lock: tells two locks of one class apart, joins this event with others; no memory address")
    @MemoryAddress @Unsigned @LockIdentity
    long address;

    @Label("Previous Owner") @Description("The thread that held the lock when the wait began; empty if unknown, or (before JDK 25) if that thread has ended")
    Thread previousOwner;

    @Label("Previous Owner Name") @Description("Name of the thread that held the lock when the wait began; empty if unknown")
    String previousOwnerName;

    @Label("Previous Owner Id") @Description("Java id of the thread that held the lock when the wait began; 0 if unknown")
    long previousOwnerId;

    @Label("Previous Owner Role") @Description("What the previous owner took the lock for: wake, get, insert, takeover, ...; empty if unknown")
    String previousOwnerRole;

    @Label("Previous Owner Site") @Description("Class and method in which the previous owner took the lock; empty if unknown")
    String previousOwnerSite;

    @Label("Queue Length") @Description("Threads that were queued for the lock before this one; -1 if unknown")
    int queueLength = -1;

    @Label("Hold Time") @Description("How long this thread then held the lock; 0 unless Pool Lock Acquisition is recorded, too")
    @Timespan(Timespan.NANOSECONDS)
    long holdTime;

    @Label("Inside Lock") @Description("This event was written while the lock was still held, because the unlock is not woven")
    boolean insideLock;

    /** Not recorded: who is charged for the event if it is dropped. */
    transient Site from;

    /** Not recorded: {@link System#nanoTime} at the acquisition if the hold time is wanted, else 0. */
    transient long takenAt;

    /** Not recorded: the acquisition that ended this wait, if that is recorded too. */
    transient LockAcquisition acquisition;

    /** Not recorded: asked for its identity hash after the unlock, for the first such question may cost a while. */
    transient Object lock;

    /** @param waitedFor null if the lock is no object of its own */
    void about(Site waitingSite, Object waitedFor) {
        from = waitingSite;
        lock = waitedFor;
        target = waitingSite.gate().target();
        role = waitingSite.role();
        site = waitingSite.method();
        monitorClass = waitedFor == null ? null : waitedFor.getClass();
    }

    /** @param queued {@code Long.MIN_VALUE} if unknown */
    void behind(long queued) {
        queueLength = queued < 0 ? -1 : (int) Math.min(queued, Integer.MAX_VALUE);
    }

    /** Name and id are read before the wait: on JDK 17 a thread that ended before the commit resolves to nothing. */
    void heldBy(Thread owner, Site ownerSite) {
        if (ownerSite != null) {
            previousOwnerRole = ownerSite.role();
            previousOwnerSite = ownerSite.method();
        }
        if (owner != null) {
            previousOwner = owner;
            previousOwnerName = owner.getName();
            previousOwnerId = owner.getId();
        }
    }

    /** After the unlock, or {@code inside} the lock where the unlock is not woven. */
    void fill(boolean inside) {
        address = System.identityHashCode(lock);
        pool = Pools.name(lock);
        insideLock = inside;
        if (takenAt != 0 && !inside) {
            holdTime = System.nanoTime() - takenAt;
        }
    }
}

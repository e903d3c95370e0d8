package io.usr1.events;

import io.usr1.runtime.Site;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Unsigned;

/** One acquisition. Off unless asked for: a recording without a settings file takes what the annotation says. */
@Name("io.usr1.LockAcquisition")
@Label("Pool Lock Acquisition")
@Description("A thread took a lock of a connection pool; the duration is how long it held the lock. One event for each acquisition, so it is off by default")
@Category({"usr1-agent", "Pool Locks"})
@Enabled(false)
@StackTrace(false)
final class LockAcquisition extends Event {

    @Label("Target") @Description("The target that names the lock")
    String target;

    @Label("Pool") @Description("The pool instance: class and identity of its lock")
    String pool;

    @Label("Role") @Description("What the code does that took the lock: wake, get, insert, takeover, ...")
    String role;

    @Label("Site") @Description("Class and method that took the lock")
    String site;

    @Label("Lock Class") @Description("Class of the lock, or of the object whose monitor it is")
    Class<?> monitorClass;

    @Label("Lock Identity") @Description("Identity hash of the lock, to join this event with others; no memory address")
    @MemoryAddress @Unsigned @LockIdentity
    long address;

    @Label("Contended") @Description("The thread had to wait")
    boolean contended;

    @Label("Inside Lock") @Description("The release was not seen, because it is not woven: the duration says nothing about how long the lock was held")
    boolean insideLock;

    /** Not recorded. */
    transient Site from;

    /** Not recorded: asked for its identity hash after the unlock. */
    transient Object lock;

    /** Holding the lock: no more than has to be. */
    void about(Site takingSite, Object taken, boolean waited) {
        from = takingSite;
        lock = taken;
        contended = waited;
    }

    /** After the unlock. */
    void fill(boolean inside) {
        target = from.gate().target();
        role = from.role();
        site = from.method();
        monitorClass = lock == null ? null : lock.getClass();
        address = System.identityHashCode(lock);
        pool = Pools.name(lock);
        insideLock = inside;
    }
}

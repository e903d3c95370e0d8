package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One acquisition. Off unless asked for: a recording without a settings file takes what the annotation says. */
@Name("io.usr1.LockAcquisition")
@Label("Pool Lock Acquisition")
@Description("A thread took a lock of a connection pool; one event for each acquisition, so it is off by default")
@Category({"usr1-agent", "Pool Locks"})
@Enabled(false)
@StackTrace(false)
final class LockAcquisition extends Event {

    @Label("Target") @Description("The target that names the lock")
    String target;

    @Label("Role") @Description("What the code does that took the lock: wake, get, insert, takeover, ...")
    String role;

    @Label("Site") @Description("Class and method that took the lock")
    String site;

    @Label("Lock Class") @Description("Class of the lock, or of the object whose monitor it is")
    Class<?> monitorClass;

    @Label("Contended") @Description("The thread had to wait")
    boolean contended;
}

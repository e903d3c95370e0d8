package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * What one role of one target in one class loader did since the row before. Counts are {@code int}: JDK Mission Control
 * neither sums nor charts a plain {@code long}.
 */
@Name("io.usr1.PoolStatistics")
@Label("Pool Lock Statistics")
@Description("Lock acquisitions and bypasses of one role of a target since the event before; the sum over all events is the total")
@Category({"usr1-agent", "Pool Locks"})
@Period("1 s")
@StackTrace(false)
final class PoolStatistics extends Event {

    @Label("Target") @Description("The target whose sites are counted")
    String target;

    @Label("Loader") @Description("Class loader of the pool's classes")
    String loader;

    @Label("Role") @Description("What the counted code does: wake, get, insert, takeover, ...")
    String role;

    @Label("Acquired") @Description("Times the lock was taken")
    int acquired;

    @Label("Contended") @Description("Times a thread had to wait for the lock")
    int contended;

    @Label("Bypassed") @Description("Times the lock was not needed, because the USR1 flag was clear")
    int bypassed;

    @Label("Bypass Ratio") @Description("Bypassed, of all that looked at the flag (bypassed, needless, guarded); 0 if nothing did")
    @Percentage
    double bypassRatio;

    @Label("Needless") @Description("Times the lock was taken although the USR1 flag was clear, because the gate is not open: what bypassing would have saved")
    int needless;

    @Label("Guarded") @Description("Times code that can bypass found the USR1 flag set or unknown, or the connection another thread's, so that it needed the lock")
    int guarded;

    @Label("Wait Time") @Description("Time waited for the lock, over all threads")
    @Timespan(Timespan.NANOSECONDS)
    long waitTime;

    @Label("Failed Tries") @Description("Times a try-lock did not get the lock")
    int failedTries;

    @Label("Violations") @Description("Times audit found a clear flag where it must not be")
    int violations;

    @Label("Dropped Events") @Description("Events of single waits, acquisitions, takeovers, marks and violations not written, because there were too many in a second")
    int droppedEvents;
}

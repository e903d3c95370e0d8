package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Audit found a flag that what is seen under the lock contradicts. Written while the lock is held, so without a stack. */
@Name("io.usr1.Violation")
@Label("Flag Violation")
@Description("Audit found a USR1 flag that contradicts what is seen under the lock: what a bypass would have assumed does not hold")
@Category({"usr1-agent", "Pool Locks"})
@StackTrace(false)
final class Violation extends Event {

    @Label("Target") @Description("The target that was audited")
    String target;

    @Label("Loader") @Description("Class loader of the pool's classes")
    String loader;

    @Label("Role") @Description("What the audited code does: wake, get, insert, takeover, ...")
    String role;

    @Label("Site") @Description("Class and method that was audited")
    String site;

    @Label("What") @Description("The value that was compared, as the target names it")
    String what;

    @Label("Found") @Description("What the lock's holder read")
    String found;

    @Label("Assumed") @Description("What a bypass would have taken it to be")
    String assumed;
}

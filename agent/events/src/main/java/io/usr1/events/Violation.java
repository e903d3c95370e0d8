package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Audit found a clear flag where the value under the lock says otherwise. Written while the lock is held, so without a stack. */
@Name("io.usr1.Violation")
@Label("Flag Violation")
@Description("Audit found the USR1 flag clear although what was read under the lock is not what a bypass would have assumed")
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

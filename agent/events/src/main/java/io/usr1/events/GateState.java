package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Whether a target may bypass its lock in one class loader, and why not. */
@Name("io.usr1.GateState")
@Label("Gate State")
@Description("Whether the woven classes of a target may bypass their lock; at the start and end of each chunk and within a second of a change")
@Category({"usr1-agent", "Pool Locks"})
@Period("everyChunk")
@StackTrace(false)
final class GateState extends Event {

    @Label("Target") @Description("The target whose gate this is")
    String target;

    @Label("Loader") @Description("Class loader of the woven classes")
    String loader;

    @Label("Mode") @Description("What usr1.mode says: off, observe, audit or bypass")
    String mode;

    @Label("State") @Description("open: the lock is bypassed; shut: it is not; waiting: it will be, once the woven classes are initialised")
    String state;

    @Label("Reason") @Description("Why the gate is not open; empty if it is")
    String reason;
}

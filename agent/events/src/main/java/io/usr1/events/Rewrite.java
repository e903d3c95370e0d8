package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** What became of one target in one class loader. */
@Name("io.usr1.Rewrite")
@Label("Rewrite Decision")
@Description("A target was woven into a class loader, or refused; when it happens and again at the start of each chunk")
@Category({"usr1-agent", "Pool Locks"})
@Period("beginChunk")
@StackTrace(false)
final class Rewrite extends Event {

    @Label("Target") @Description("The target that matched")
    String target;

    @Label("Loader") @Description("Class loader of the matched classes")
    String loader;

    @Label("Outcome") @Description("woven or refused")
    String outcome;

    @Label("Reason") @Description("Why it was refused; empty if it was woven")
    String reason;

    @Label("Sites") @Description("Places that were woven")
    int sites;
}

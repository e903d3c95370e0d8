package io.usr1.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** So that a recording explains itself. */
@Name("io.usr1.AgentSettings")
@Label("Agent Settings")
@Description("Version and settings of usr1-agent; at the start of each chunk")
@Category({"usr1-agent", "Pool Locks"})
@Period("beginChunk")
@StackTrace(false)
final class AgentSettings extends Event {

    @Label("Version") @Description("Version of the agent")
    String version;

    @Label("Mode") @Description("What usr1.mode says: off, observe, audit or bypass")
    String mode;

    @Label("Counters") @Description("What usr1.counters says: cheap, exact or off")
    String counters;

    @Label("Targets") @Description("The targets that are on, separated by commas")
    String targets;
}

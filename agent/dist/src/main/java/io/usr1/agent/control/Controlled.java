package io.usr1.agent.control;

import io.usr1.runtime.Gate;
import java.util.List;

/** One target in one class loader, as the agent knows it. Any thread. */
public interface Controlled {

    String targetName();

    String loaderName();

    /** Null unless it is woven. */
    Gate gate();

    /** Sentences; empty unless it is refused. */
    List<String> refused();

    /** False while no class of the target was seen in the loader. */
    boolean decided();
}

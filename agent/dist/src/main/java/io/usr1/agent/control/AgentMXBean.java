package io.usr1.agent.control;

import java.io.IOException;

/** {@code io.usr1:type=Agent}: the whole agent. All methods may be called by any thread. */
public interface AgentMXBean {

    /** The agent's version. */
    String getVersion();

    /** {@code off}, {@code observe}, {@code audit} or {@code bypass}: what {@code usr1.mode} says now. */
    String getMode();

    /**
     * Sets {@code usr1.mode}; targets with a mode of their own keep it.
     *
     * @throws IllegalArgumentException for a word that is none of the four
     */
    void setMode(String mode);

    /** One line for each target and class loader, as the log says it. */
    String[] getTargets();

    /**
     * Writes a zip with settings, decisions, counters, the classes before and after, and what Flight Recorder holds.
     *
     * @param file absolute, or relative to the JVM's working directory; overwritten
     */
    void dumpDiagnostics(String file) throws IOException;
}

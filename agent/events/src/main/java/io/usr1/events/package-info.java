/**
 * JFR events of the agent: waits for pool locks, statistics, the state of the gates, what was woven, audit findings.
 *
 * <p>Lives in the agent's own class loader. {@link io.usr1.events.Events} is what the agent calls, and works in a JVM
 * without {@code jdk.jfr}; whatever needs that module hangs below {@code Recorder} and is linked only once Flight
 * Recorder itself starts, because the first event class to be initialised costs 100 to 200 ms.
 */
package io.usr1.events;

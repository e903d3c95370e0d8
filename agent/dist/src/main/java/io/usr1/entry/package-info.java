/**
 * What the JVM itself starts: premain and {@code java -jar}. Loaded by the boot loader, before the application runs, so
 * it needs nothing but {@code java.base} and {@code java.instrument} and must stay small: no logging, no YAML, no JFR,
 * no {@code java.nio.file}. Everything else lies under a prefix of the agent jar where no application loader finds it,
 * and comes in through {@link io.usr1.entry.AgentLoader} on the first hit.
 */
package io.usr1.entry;

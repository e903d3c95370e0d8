/**
 * SLF4J's provider: lines to stderr or to a file, nothing of {@code java.util.logging}, whose start-up belongs to the
 * application. Lives in the agent's own loader.
 */
package io.usr1.agent.log;

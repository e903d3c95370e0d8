/**
 * {@code java -jar usr1-agent.jar report}: what a recording says of pool locks, as text, JSON and one HTML page. Reads with the
 * JDK's own consumer; what is judged, and how, is in {@code io.usr1.findings}, as in JDK Mission Control.
 *
 * <p>A recording is anybody's input: every name in it is escaped where it is printed, and everything kept of it is bounded.
 */
package io.usr1.cli.report;

/**
 * What a recording of the agent says, and what is to be thought of it. The facts are gathered by a reader (JDK Mission
 * Control's model in {@code io.usr1.jmc}, {@code jdk.jfr.consumer} in the agent's {@code report} command) and judged here,
 * so that both say the same. Needs nothing but {@code java.base}.
 */
package io.usr1.findings;

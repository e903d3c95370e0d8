/** The command line, {@code java -jar usr1-agent.jar}. Lives in the agent's own loader. */
package io.usr1.cli;

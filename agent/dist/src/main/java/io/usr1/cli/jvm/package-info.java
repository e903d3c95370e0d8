/** Other JVMs of this machine, as the command line reaches them. Lives in the agent's own loader, of a JVM that runs {@code java -jar}. */
package io.usr1.cli.jvm;

/**
 * What a plan does to a class, said to a Java developer: places of the source, what is taken out and put in, and the body
 * that runs while the flag is clear. Decides nothing. Lives in the agent's own loader.
 */
package io.usr1.cli.show;

/**
 * Targets: what a connection pool does with its idle connections, as data. Records, and the reader that makes them from
 * YAML. Knows no byte code and decides nothing.
 *
 * <p>Lives in the agent's own loader.
 */
package io.usr1.target;

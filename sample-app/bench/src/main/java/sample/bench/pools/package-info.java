/** The pools of released libraries, as their jars are, under the agent's built-in targets: what is bypassed, and what it is worth. */
package sample.bench.pools;

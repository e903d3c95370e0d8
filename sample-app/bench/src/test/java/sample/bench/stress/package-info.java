/** Runs the stress tests of {@code sample.proxy} in JVMs with the agent, and judges what they report. */
package sample.bench.stress;

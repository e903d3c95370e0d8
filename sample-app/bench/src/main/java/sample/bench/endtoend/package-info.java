/** End to end: the sample proxy as it is, with HAProxy's fix in its source, and with the agent, side by side under one load. */
package sample.bench.endtoend;

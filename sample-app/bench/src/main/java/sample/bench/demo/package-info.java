/** The demo: one load, proxies with and without the agent side by side, and the exact identities between their counters. */
package sample.bench.demo;

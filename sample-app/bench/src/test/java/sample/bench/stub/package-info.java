/** Stand-ins for the proxy, with the same command line: one that works, one that swaps answers, one that counts wrong. */
package sample.bench.stub;

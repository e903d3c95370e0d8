/** The built agent on the built proxy, each in JVMs of their own: the counts, the modes and the faults, on every JDK. */
package sample.bench.it;

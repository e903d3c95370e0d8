/** Released libraries and proxies, as they are, with the built-in targets. Each runs in a JVM of its own with a class path of its own. */
package sample.bench.real;

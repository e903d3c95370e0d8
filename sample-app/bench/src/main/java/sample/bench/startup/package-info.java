/** What {@code startup.sh} starts: the smallest program and the smallest agent. Packed into a jar of their own. */
package sample.bench.startup;

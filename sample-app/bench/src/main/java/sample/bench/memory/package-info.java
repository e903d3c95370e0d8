/** Memory: what weaving adds to a carrier, to a class and to a process. */
package sample.bench.memory;

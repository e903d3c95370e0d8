/** The JVMs that programs are measured on. */
package sample.bench.jvm;

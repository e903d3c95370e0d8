/** What one wake costs: as it was, patched by hand, and woven; {@link sample.bench.wake.WakeBench} measures it with JMH. */
package sample.bench.wake;

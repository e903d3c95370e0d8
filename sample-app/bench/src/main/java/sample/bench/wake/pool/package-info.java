/**
 * A pool of the smallest kind, for measuring one wake: as the sample proxy's, with every kind of lock, and with the same wakes
 * patched by hand beside them. Padded, so that what one thread writes is in no cache line of another's.
 */
package sample.bench.wake.pool;

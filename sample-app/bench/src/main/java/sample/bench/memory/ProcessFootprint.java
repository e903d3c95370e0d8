package sample.bench.memory;

/**
 * What a sample proxy takes as a whole.
 *
 * @param agent     none, empty or usr1
 * @param moment    start or load
 * @param resident  kilobytes of the process in memory
 * @param heap      kilobytes of the heap in use after a full collection
 * @param metaspace kilobytes of it in use
 */
record ProcessFootprint(int jdk, String agent, String moment, int fork, long resident, long heap, long metaspace) {
}

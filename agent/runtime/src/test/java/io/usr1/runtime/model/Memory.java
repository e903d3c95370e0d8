package io.usr1.runtime.model;

/** When a plain write of one thread is seen by the others. A thread always sees its own. */
enum Memory {

    /** At once. */
    SEQUENTIAL,

    /** x86: each thread's writes wait in a queue and become visible one by one, in their order. */
    STORE_BUFFERS,

    /**
     * Each thread's writes wait and become visible in any order, only those of one variable in theirs: what Java lets a
     * compiler, and AArch64 a processor, do with plain writes. Reads stay in their order, as volatile ones do.
     */
    REORDERED;

    /** Writes that one thread may have waiting; the next plain write has to let one through first. */
    static final int WAITING = 4;
}

package io.usr1.runtime.model;

/**
 * One indivisible step of a thread: at most one access to memory that other threads see.
 *
 * @param name what the step is called in a trace: a method of the runtime, or the pool's own word
 * @param ways in how many ways it may go; {@link Turn#way} says which one is tried
 * @param own  touches nothing but the thread's own variables, so no other thread needs to be tried before it
 */
record Step(String name, int ways, boolean own, Body body) {

    /** What a step does. It may be refused by {@link Turn#block}, and is then as if it had not been tried. */
    interface Body {
        void run(Turn turn);
    }
}

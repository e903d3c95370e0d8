package io.usr1.runtime.model;

/**
 * A variable of a model, one byte of its states.
 *
 * @param shared plain writes may wait in a store buffer; otherwise it is a thread's own, a ghost or a lock
 */
record Var(int index, String name, boolean shared) {
}

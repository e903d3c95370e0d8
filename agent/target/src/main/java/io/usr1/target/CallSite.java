package io.usr1.target;

/**
 * A call in a method of the target.
 *
 * @param callee what is called, by the class that the byte code names
 * @param on     the field that the receiver was read from, null if that does not matter: it tells the idle queue of a
 *               pool from its busy one
 * @param nth    which of several such calls, from 1; 0 if there must be one only
 */
public record CallSite(MethodRef callee, FieldRef on, int nth) {

    @Override public String toString() {
        return (nth == 0 ? "" : "call " + nth + " of ") + callee + (on == null ? "" : " on " + on);
    }
}

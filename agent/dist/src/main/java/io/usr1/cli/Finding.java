package io.usr1.cli;

/**
 * One thing that doctor found.
 *
 * @param what  a word or two
 * @param found what it is
 * @param todo  what a person can do; empty if all is well
 */
record Finding(String what, String found, String todo) {

    static Finding well(String what, String found) {
        return new Finding(what, found, "");
    }

    boolean bad() {
        return !todo.isEmpty();
    }
}

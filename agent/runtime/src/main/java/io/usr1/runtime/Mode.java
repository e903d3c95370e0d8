package io.usr1.runtime;

/** What {@code -Dusr1.mode} may say. Marking (SET and CLEAR) runs in every mode once a class is woven. */
public enum Mode {
    /** Gate shut, no events. At start: nothing is woven at all. */
    OFF,
    /** Gate shut, events. */
    OBSERVE,
    /** Gate shut; what the bypass would have assumed is compared under the lock with what is there. */
    AUDIT,
    /** Gate open as soon as that is sound, events. */
    BYPASS
}

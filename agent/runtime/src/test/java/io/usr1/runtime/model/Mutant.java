package io.usr1.runtime.model;

/** One thing done wrong. Letters are the classes of HAProxy's bugs; those without one are ways in which an agent could fail. */
enum Mutant {
    NONE("nothing is wrong"),

    NO_SET("the insert does not mark"),
    SET_AFTER_INSERT("SET after the insert"),
    CLEAR_BEFORE_UNLINK("CLEAR before the connection left the list"),
    NO_CLEAR("the attach does not mark"),
    FLAG_ON_CONNECTION("the flag on the connection, not on the carrier"),
    CARRIER_REUSED("a takeover keeps the carrier"),
    NO_MARK_WHILE_SHUT("no marks while the gate is shut"),
    MISSED_MARK_FORGOTTEN("a gate shut by a missed mark opens again"),
    SETTLE_WITHOUT_MONITOR("Gate.mode and Gate.shut without the gate's monitor"),
    PLAIN_FLAG("marks are plain writes"),
    PLAIN_FLAG_CLEARED_INSIDE("marks are plain writes, CLEAR inside the takeover's lock"),

    A1_CLEAR_SETS("A1: CLEAR writes SET"),
    A2_LOST_UPDATE("A2: the flag is a bit of a word that others write"),
    B1_TOUCH_AFTER_PUBLISH("B1: the connection is touched after its insert"),
    C1_ENTRY_WITHOUT_CHECK("C1: a wake that neither locks nor looks at the flag"),
    C2_TIMER_WITHOUT_CHECK("C2: the timer looks at the connection before its context"),
    D4_STATUS_FOR_MEMBERSHIP("D4: the wake takes a status for membership"),
    E1_UNLOCK_BEFORE_PURGE_LIST("E1: unlocked between unlink and purge list"),
    E2_WRONG_LOCK("E2: the thief takes its own lock"),
    E3_LOCK_UNDER_LOCK("E3: destroy, called under the lock, takes it again"),
    E4_EARLY_RETURN("E4: an early return without unlock"),
    E5_UNLINK_OUTSIDE_LOCK("E5: the wake unlinks after unlocking"),
    E6_TWO_LOCKS("E6: a thief waits for a lock and holds its own"),
    F0_TAKEOVER_WITHOUT_LOCK("F0: takeover without the lock"),
    F0_CONTEXT_KEPT("F0: the carrier is replaced, the old context stays"),
    F2_WAKE_ON_THIEF("F2: the stolen carrier is run by the thief"),
    G1_WAKE_LOST("G1: 'queued' is reset after the wake, not before"),
    G1_NO_WAKE("G1: the thief does not wake the stolen carrier"),
    H1_WRONG_COUNT("H1: the thief counts down its own list"),

    LAYER_UNSET("A4: the insert marks the upper layer only"),
    LAYER_NOT_CLEARED("A1: the attach clears the upper layer only"),
    LAYER_KEPT("C3: the takeover replaces the upper layer's carrier only"),
    LAYER_LATER("C3: the lower layer is replaced in another lock hold"),

    OWNER_AFTER_CLEAR("owner written after CLEAR"),
    OWNER_AFTER_UNLOCK("owner written after the lock"),
    OWNER_THEN_FLAG("the wake reads owner, then flag"),
    NO_OWNER_CHECK("the wake reads the flag alone"),
    SECOND_CALLER("a second caller, not serialised with the others"),
    AUDIT_FORGETS_OWNER("audit does not ask for the owner first"),
    MARKS_OUTSIDE_LOCK("SET and CLEAR outside the list's lock"),
    REFUSED_INSERT_CLEARS("a refused insert puts CLEAR back"),
    GATE_BEFORE_FLAG("Gate.passes reads the gate, then the flag");

    final String sentence;

    Mutant(String sentence) {
        this.sentence = sentence;
    }
}

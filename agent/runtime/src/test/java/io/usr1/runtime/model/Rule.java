package io.usr1.runtime.model;

import java.util.EnumSet;
import java.util.Set;

/** What must hold. I1 to I18 are numbered as in the study of HAProxy's protocol; the others have no number there. */
enum Rule {

    // Harm: somebody's traffic is corrupted, or somebody waits for ever.
    STOLEN("a thread touches only a connection that is its own", true),
    ANSWER("an answer without the lock is one that the lock could have given", true),
    I8("the connection is not looked at before the context was checked under the lock", true),
    I10("a connection is in one list at most, and in none once closed", true),
    LOST("when all is done each connection is in use, listed or closed", true),
    DEADLOCK("nobody waits for ever", true),
    LOCK_LEFT("when all is done no lock is held", true),

    // Cause: what makes harm possible, seen before it is done.
    I1_I2("with the list's lock free, a listed connection's flag is SET", false),
    I4("a stolen carrier is SET, is not the connection's any more, and stays so", false),
    I5("a bypass finds what it assumes: its context, its carrier, its owner, not listed", false),
    I6("a list is changed under its own lock", false),
    I13("a stolen carrier is cleaned up once, by its own thread", false),
    I14("after an attach the flag is CLEAR", false),
    I16("the owner changes only in a takeover, under the list's lock", false),
    I17("when all is done the counts are the lengths of the lists", false),
    I18("wake, insert, attach, timer and destroy run on the owner", false),
    AUDIT("audit reports nothing, for there is nothing", false),
    AT_THE_READ("the answer was right at the very read of the flag", false),

    // Goals: they are to be reached, not to be kept.
    BYPASSED("no wake went on without the lock", false);

    /** Those that must never be broken in a sound pool. */
    static final Set<Rule> ALL = EnumSet.complementOf(EnumSet.of(BYPASSED, AT_THE_READ));
    static final Set<Rule> HARM = harm();

    final String sentence;
    private final boolean harm;

    Rule(String sentence, boolean harm) {
        this.sentence = sentence;
        this.harm = harm;
    }

    private static Set<Rule> harm() {
        Set<Rule> harm = EnumSet.noneOf(Rule.class);
        for (Rule rule : values()) {
            if (rule.harm) {
                harm.add(rule);
            }
        }
        return harm;
    }
}

package io.usr1.target;

/**
 * A transition of the flag, or the place where a connection is unlinked.
 *
 * @param method  where
 * @param at      when
 * @param call    for BEFORE and AFTER: which call of the method; else null
 * @param carrier whose flag
 * @param when    null if always. A SET that does not happen must be one whose insert does not happen either
 * @param takes   id of the lock that the call takes by itself, and that is therefore to be taken around both; else null
 */
public record MarkSpec(MethodRef method, At at, CallSite call, CarrierPath carrier, Condition when, String takes) {

    /** When in the method. */
    public enum At {
        /** Before anything else happens. */
        ENTRY,
        /** At each normal return; not when it throws. */
        EXIT,
        /** Before a call in the method, its arguments evaluated. */
        BEFORE,
        /** After a call in the method has returned. */
        AFTER
    }
}

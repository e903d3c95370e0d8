package io.usr1.target;

/**
 * A transition of the flag.
 *
 * @param method  where
 * @param at      when
 * @param carrier whose flag
 */
public record MarkSpec(MethodRef method, At at, CarrierPath carrier) {

    /** When in the method. */
    public enum At {
        /** Before anything else happens. */
        ENTRY,
        /** At each normal return; not when it throws. */
        EXIT
    }
}

package io.usr1.target;

import java.util.List;

/** What is done without the lock while the flag is clear. */
public sealed interface Bypass permits RegionSpec, AnswerSpec, SkipSpec {

    /** The method that is rewritten. */
    MethodRef method();

    /** The word for it in events, {@code wake} by default. */
    String role();

    /** Whose flag. */
    CarrierPath carrier();

    /** Id of the lock that is not taken; null for a skipped call that takes its lock itself. */
    String lock();

    /** What reads yield when the flag is clear (HAProxy's {@code conn_in_list = 0}). */
    List<WhenClear> whenClear();

    /** When the bypass applies at all; null for always. */
    Condition when();
}

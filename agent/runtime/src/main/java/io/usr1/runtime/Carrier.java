package io.usr1.runtime;

/**
 * What the weaver adds to the class of a carrier (HAProxy's tasklet): the flag, one private counter beside it, and
 * what audit remembers.
 *
 * <p>Woven code reaches the flag through this interface only. An object that is null or no {@code Carrier} is
 * {@link Flag#UNKNOWN}, so a carrier class that could not be woven can never break the application.
 */
public interface Carrier {

    /** One of {@link Flag}'s states; a volatile read. Any thread. */
    int usr1$flag();

    /** A volatile write, never a read-modify-write: all writers of one carrier are ordered by what its target names. */
    void usr1$flag(int state);

    /** Bypassed wakes not yet folded into the site's counter, as {@link Site} keeps them; a plain read by the thread that owns the carrier. */
    int usr1$unfolded();

    /** A plain write by the thread that owns the carrier. */
    void usr1$unfolded(int count);

    /** What audit remembers of this carrier; null unless it was looked at. A plain read. */
    default Object usr1$trail() {
        return null;
    }

    /** A plain write, by audit alone. */
    default void usr1$trail(Object trail) {
    }
}

package io.usr1.target;

/**
 * A class that bears the flag.
 *
 * @param layer      the target's word for the layer of a connection whose handle it is; {@link #ONLY} if there is one layer
 *                   and it has no name
 * @param type       binary name; two layers may share a class, as HAProxy's do
 * @param bornClear  {@code new: not-idle}: a new carrier is in no idle list, so it is CLEAR from birth
 */
public record CarrierSpec(String layer, String type, boolean bornClear) {

    /** The layer of {@code carrier:}, the short form for one. */
    public static final String ONLY = "carrier";

    /** The only one. */
    public CarrierSpec(String type, boolean bornClear) {
        this(ONLY, type, bornClear);
    }
}

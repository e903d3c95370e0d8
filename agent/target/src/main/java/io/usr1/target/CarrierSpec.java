package io.usr1.target;

/**
 * The class that bears the flag.
 *
 * @param type       binary name
 * @param bornClear  {@code new: not-idle}: a new carrier is in no idle list, so it is CLEAR from birth
 */
public record CarrierSpec(String type, boolean bornClear) {
}

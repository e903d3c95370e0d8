package io.usr1.findings;

/**
 * The state of a target's gate in a class loader when the recording ended.
 *
 * @param state {@code open}, {@code shut} or {@code waiting}
 * @param reason why it is not open; null if it is
 */
public record Gate(String target, String loader, String mode, String state, String reason) {
}

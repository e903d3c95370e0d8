package io.usr1.events;

/**
 * What became of one target in one class loader.
 *
 * @param target the target's name
 * @param loader name of the class loader, as {@code Gate.loader()} has it
 * @param reason why it was refused; null if it was woven
 * @param sites places woven; 0 if it was refused
 */
public record Outcome(String target, String loader, String reason, int sites) {

    String word() {
        return reason == null ? "woven" : "refused";
    }
}

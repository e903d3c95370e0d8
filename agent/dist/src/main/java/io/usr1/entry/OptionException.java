package io.usr1.entry;

/** An option that cannot be used; the message is one sentence without its full stop. */
public final class OptionException extends Exception {

    public OptionException(String message) {
        super(message);
    }
}

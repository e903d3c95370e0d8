package io.usr1.cli.jvm;

/** Another JVM cannot be reached, or says no; the message is a sentence without its full stop. */
public final class UnreachableException extends Exception {

    private static final long serialVersionUID = 1;

    public UnreachableException(String message) {
        super(message);
    }
}

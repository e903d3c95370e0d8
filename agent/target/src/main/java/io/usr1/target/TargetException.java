package io.usr1.target;

/** A target file that cannot be used. The message is one sentence: where, what was found, what was expected; fit for a terminal. */
public final class TargetException extends Exception {

    private final transient Source source;

    TargetException(Source source, String problem) {
        super(Printable.of(source + ": " + problem));
        this.source = source;
    }

    public Source source() {
        return source;
    }
}

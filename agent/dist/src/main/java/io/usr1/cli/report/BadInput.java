package io.usr1.cli.report;

/** A file that cannot be reported on, and why, in one sentence. */
final class BadInput extends Exception {

    BadInput(String sentence) {
        super(sentence);
    }
}

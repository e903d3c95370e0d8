package io.usr1.weaver;

/**
 * A reason why not. Prints as one sentence.
 *
 * @param target   name of the target
 * @param where    {@code pkg.Class#method}, or a class
 * @param line     source line, 0 if there is none
 * @param found    what stands there
 * @param expected what the rule needs
 * @param todo     what a person can do
 */
public record Refusal(String target, String where, int line, String found, String expected, String todo) {

    @Override public String toString() {
        return "target " + target + ": " + where + (line > 0 ? ", line " + line : "") + ": found " + found
                + ", expected " + expected + "; " + todo + ".";
    }
}

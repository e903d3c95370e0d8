package io.usr1.target;

/** Text from a target or class file, fit for one line of a terminal or log: what would move its cursor, colour it or turn it round is named instead. */
public final class Printable {

    private Printable() {
    }

    /** The text with such characters as {@code <U+001B>}. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (is(point)) {
                printable.appendCodePoint(point);
            } else {
                printable.append('<').append(name(point)).append('>');
            }
        });
        return printable.toString();
    }

    static boolean is(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** As Unicode writes it, {@code U+001B}. */
    static String name(int point) {
        return String.format("U+%04X", point);
    }
}

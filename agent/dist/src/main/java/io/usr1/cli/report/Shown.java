package io.usr1.cli.report;

import java.util.Locale;

/** How what stands in a recording is shown: never as markup, never as a terminal's command. */
final class Shown {

    private Shown() {
    }

    /** For a terminal: no control characters, which could move its cursor or set its title. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(each -> plain.appendCodePoint(harmless(each) ? each : '?'));
        return plain.toString();
    }

    /** For HTML, in text and in attributes. */
    static String html(String text) {
        return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** Format characters, too: they turn text around, or hide it. */
    private static boolean harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

package io.usr1.findings;

import java.util.Locale;

/**
 * What is to be thought of a recording in one respect.
 *
 * @param score 0 (good) to 100; -1 if the recording does not say
 * @param sentence what was found, with figures
 * @param advice what to do; empty if nothing
 */
public record Finding(Kind kind, double score, String sentence, String advice) {

    /** Where JDK Mission Control draws the lines. */
    public static final double INFORMATION = 25;
    public static final double WARNING = 75;

    static Finding unknown(Kind kind, String sentence) {
        return new Finding(kind, -1, sentence, "");
    }

    static Finding good(Kind kind, String sentence) {
        return new Finding(kind, 0, sentence, "");
    }

    public boolean known() {
        return score >= 0;
    }

    /** In one word, for people and for programs. */
    public String severity() {
        return !known() ? "unknown" : score < INFORMATION ? "ok" : score < WARNING ? "information" : "warning";
    }

    /** 0 at 0, 25 at {@code limit}, towards 100 beyond. */
    static double rising(double value, double limit) {
        return 100 * (1 - Math.pow(0.75, value / limit));
    }

    /** As a person reads it. */
    public static String time(double nanos) {
        String[] units = {"ns", "us", "ms", "s"};
        int unit = 0;
        double value = nanos;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value >= 100 || unit == 0 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s", value, units[unit]);
    }

    static String percent(double part, double whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100 * part / whole);
    }
}

package io.usr1.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Two kinds of plot, as plain SVG: lines over time and horizontal bars. Colours are the page's. */
final class Svg {

    private static final int WIDTH = 640;
    private static final int LEFT = 70;
    private static final int RIGHT = 620;
    private static final int TOP = 12;
    private static final int BOTTOM = 190;
    private static final int BAR = 22;
    private static final int BAR_LEFT = 230;
    private static final int BAR_RIGHT = 490;
    private static final int LONGEST_LABEL = 34;

    /**
     * One line of a plot.
     *
     * @param style of the page's style sheet
     * @param values at equal distances; NaN where there is none
     */
    record Line(String name, String style, double[] values) {
    }

    /** One bar of a plot. */
    record Bar(String label, double value, String shown) {
    }

    private Svg() {
    }

    /** @param highest what the top of the plot stands for */
    static String lines(String title, List<Line> lines, double highest, String end, DoubleFunction<String> axis) {
        StringBuilder svg = open(title, BOTTOM + 30);
        for (int i = 0; i <= 2; i++) {
            double y = y(i / 2.0);
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, RIGHT, y, y));
            text(svg, LEFT - 6, y + 4, "end", axis.apply(highest * i / 2));
        }
        text(svg, LEFT, BOTTOM + 18, "start", "0 s");
        text(svg, RIGHT, BOTTOM + 18, "end", end);
        for (Line line : lines) {
            svg.append("<path class=\"").append(line.style()).append("\" d=\"").append(path(line.values(), highest)).append("\"><title>")
                    .append(Shown.html(line.name())).append("</title></path>");
        }
        return svg.append("</svg>").toString();
    }

    /** @param longest what the longest possible bar stands for */
    static String bars(String title, List<Bar> bars, double longest) {
        StringBuilder svg = open(title, bars.size() * BAR + 8);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double width = longest <= 0 || bar.value() <= 0 ? 0 : Math.max(1, (BAR_RIGHT - BAR_LEFT) * bar.value() / longest);
            int y = i * BAR + 4;
            text(svg, BAR_LEFT - 8, y + 14, "end", shortened(bar.label()));
            svg.append(String.format(Locale.ROOT, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>", BAR_LEFT, y, width, BAR - 6))
                    .append(Shown.html(bar.label() + ": " + bar.shown())).append("</title></rect>");
            text(svg, BAR_LEFT + width + 6, y + 14, "start", bar.shown());
        }
        return svg.append("</svg>").toString();
    }

    private static StringBuilder open(String title, int height) {
        return new StringBuilder(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, height))
                .append(Shown.html(title)).append("\">");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor)).append(Shown.html(text)).append("</text>");
    }

    private static String path(double[] values, double highest) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                drawing = false;
                continue;
            }
            double x = LEFT + (RIGHT - LEFT) * (values.length == 1 ? 0.5 : (double) i / (values.length - 1));
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M", x, y(highest <= 0 ? 0 : values[i] / highest)));
            // A line of one point is drawn by its round ends.
            path.append(drawing ? "" : String.format(Locale.ROOT, "l0 0"));
            drawing = true;
        }
        return path.toString();
    }

    private static double y(double share) {
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private static String shortened(String label) {
        return label.length() <= LONGEST_LABEL ? label : "..." + label.substring(label.length() - LONGEST_LABEL + 3);
    }
}

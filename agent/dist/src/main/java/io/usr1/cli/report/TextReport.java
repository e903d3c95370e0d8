package io.usr1.cli.report;

import io.usr1.findings.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** For a terminal. */
final class TextReport {

    private static final int LONGEST_TEXT = 60;

    private final PrintWriter out;

    private TextReport(PrintWriter out) {
        this.out = out;
    }

    static void print(List<Report> reports, PrintWriter out) {
        new TextReport(out).print(reports);
        out.flush();
    }

    private void print(List<Report> reports) {
        reports.forEach(report -> out.println(Shown.plain(Figures.summary(report))));
        table(Figures.roles(reports));
        for (Report report : reports) {
            Figures.waits(report).forEach(table -> table(reports.size() == 1 ? table
                    : new Figures.Table(table.title() + ", " + report.name(), table.texts(), table.head(), table.rows())));
        }
        for (Report report : reports) {
            out.println();
            out.println(Shown.plain(reports.size() == 1 ? "Findings" : "Findings, " + report.name()));
            report.findings().forEach(this::finding);
        }
    }

    private void finding(Finding finding) {
        out.println(Shown.plain(String.format(Locale.ROOT, "  %-11s %3s  %s: %s", finding.severity(),
                finding.known() ? Math.round(finding.score()) : "-", finding.kind().label(), finding.sentence())));
        if (!finding.advice().isEmpty()) {
            out.println(Shown.plain("                   " + finding.advice()));
        }
    }

    private void table(Figures.Table table) {
        List<List<String>> lines = Stream.concat(Stream.of(table.head()), table.rows().stream())
                .map(line -> line.stream().map(TextReport::cell).toList()).toList();
        int[] widths = new int[table.head().size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        out.println();
        out.println(Shown.plain(table.title()));
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append("  ").append(String.format(i < table.texts() ? "%-" + widths[i] + "s" : "%" + widths[i] + "s", line.get(i)));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static String cell(String text) {
        String plain = Shown.plain(text);
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT - 3) + "...";
    }
}

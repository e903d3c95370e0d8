package io.usr1.cli.report;

import io.usr1.findings.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One page that needs nothing else: no script, no link. */
final class HtmlReport {

    private final StringBuilder page = new StringBuilder();
    private final List<Report> reports;

    private HtmlReport(List<Report> reports) {
        this.reports = reports;
    }

    static String page(List<Report> reports) throws IOException {
        return new HtmlReport(reports).page();
    }

    private String page() throws IOException {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>Pool locks</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<h1>Pool locks</h1>\n");
        reports.forEach(report -> element("p", Figures.summary(report)));
        for (Report report : reports) {
            element("h2", reports.size() == 1 ? "Findings" : "Findings, " + report.name());
            report.findings().forEach(this::finding);
        }
        table(Figures.roles(reports));
        Plots plots = new Plots(reports);
        if (reports.stream().anyMatch(report -> report.evidence().waits().all().count() > 0)) {
            figures("Time waited, over time", "", plots.waitsOverTime());
            figures("Time waited, by the thread that held the lock", "", plots.byOwner());
            figures("Waits by length", "", plots.histogram());
        }
        if (reports.stream().anyMatch(report -> report.evidence().roles().stream().anyMatch(role -> role.looked() > 0))) {
            figures("Bypass ratio, over time", "<p class=\"legend\"><span class=\"bypassed\">bypassed</span> <span class=\"needless\">needless: "
                    + "took the lock although the flag was clear</span>, of all that looked at the flag</p>\n", plots.bypassRatio());
        }
        for (Report report : reports) {
            if (reports.size() > 1 && !Figures.waits(report).isEmpty()) {
                element("h2", "Waits, " + report.name());
            }
            Figures.waits(report).forEach(this::table);
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private void finding(Finding finding) {
        page.append("<div class=\"finding ").append(finding.severity()).append("\">\n");
        element("h3", finding.kind().label() + (finding.known() ? ": " + finding.severity() + ", " + Math.round(finding.score()) + " of 100" : ""));
        element("p", finding.sentence());
        if (!finding.advice().isEmpty()) {
            element("p", finding.advice());
        }
        page.append("</div>\n");
    }

    private void figures(String title, String legend, List<Plots.Plot> plots) {
        element("h2", title);
        page.append(legend).append("<div class=\"plots\">\n");
        for (Plots.Plot plot : plots) {
            page.append("<figure>");
            if (plots.size() > 1) {
                element("figcaption", plot.caption());
            }
            page.append(plot.svg()).append("</figure>\n");
        }
        page.append("</div>\n");
    }

    private void table(Figures.Table table) {
        element("h2", table.title());
        page.append("<div class=\"table\"><table>\n<tr>");
        cells("th", table.head(), table.texts());
        for (List<String> row : table.rows()) {
            page.append("<tr>");
            cells("td", row, table.texts());
        }
        page.append("</table></div>\n");
    }

    private void cells(String kind, List<String> row, int texts) {
        for (int i = 0; i < row.size(); i++) {
            page.append('<').append(kind).append(i < texts ? " class=\"text\">" : ">").append(Shown.html(row.get(i))).append("</").append(kind).append('>');
        }
        page.append("</tr>\n");
    }

    private void element(String name, String text) {
        page.append('<').append(name).append('>').append(Shown.html(text)).append("</").append(name).append(">\n");
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

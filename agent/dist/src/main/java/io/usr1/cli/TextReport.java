package io.usr1.cli;

import io.usr1.cli.show.ShownClass;
import io.usr1.cli.show.ShownMethod;
import io.usr1.target.Printable;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.Refusal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** For a person at a terminal or in a log. Names come from class files, which may hold anything, so all is made printable. */
final class TextReport {

    /** Of the widest column; with the others a row stays below 120 characters. */
    private static final int WIDE = 86;
    private static final int MAX_CODE = 60;

    private final PrintWriter out;

    TextReport(PrintWriter out) {
        this.out = out;
    }

    void print(List<Checked> all, List<String> notes) {
        for (Checked checked : all) {
            if (checked.refused()) {
                refused(checked);
            } else {
                woven(checked);
            }
            notes(checked.notes());
            checked.classes().forEach(this::shown);
        }
        notes(notes);
    }

    private void woven(Checked checked) {
        line("target " + checked.target().name() + ": all sites can be woven");
        List<List<String>> rows = new ArrayList<>();
        for (PlannedSite site : checked.sites()) {
            rows.add(List.of(site.kind().name().toLowerCase(Locale.ROOT), site.role(), site.method() + (site.line() > 0 ? ", line " + site.line() : "")));
        }
        aligned(rows);
        line("  fingerprint: " + checked.fingerprint());
    }

    private void refused(Checked checked) {
        int count = checked.refusals().size();
        line("target " + checked.target().name() + ": refused, " + count + (count == 1 ? " reason" : " reasons"));
        Map<String, List<Refusal>> byPlace = checked.refusals().stream().collect(Collectors.groupingBy(Refusal::where, LinkedHashMap::new, Collectors.toList()));
        byPlace.forEach((where, refusals) -> {
            String place = checked.place(refusals.get(0));
            line("");
            line(where + (place.isEmpty() ? "" : "  (" + place + ")"));
            TextTable table = TextTable.forColumns(plain(), new Column(12, 2, Column.Overflow.SPAN), new Column(10, 0, Column.Overflow.SPAN),
                    new Column(WIDE, 0, Column.Overflow.WRAP));
            for (Refusal refusal : refusals) {
                row(table, refusal.line() > 0 ? "line " + refusal.line() : "", "found", refusal.found());
                row(table, "", "expected", refusal.expected());
                row(table, "", "to do", refusal.todo());
            }
            out.print(table);
        });
    }

    private void shown(ShownClass shown) {
        line("");
        line("class " + shown.name());
        shown.added().forEach(member -> line("  added  " + member));
        for (ShownMethod method : shown.methods()) {
            line("");
            line("  " + method.method() + "  " + method.what());
            aligned("    ", method.changes(), "line ");
            if (!method.notReached().isEmpty()) {
                line("    not reached then: line " + method.notReached().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
            if (!method.bypass().isEmpty()) {
                line("    what runs then, as byte code:");
                aligned("    ", method.bypass(), "");
            }
        }
    }

    private void aligned(String indent, List<ShownMethod.Change> changes, String word) {
        int lines = changes.stream().mapToInt(change -> number(change, word).length()).max().orElse(0);
        int codes = changes.stream().mapToInt(change -> change.code().length()).filter(length -> length <= MAX_CODE).max().orElse(0);
        for (ShownMethod.Change change : changes) {
            line((indent + padded(number(change, word), lines) + "  " + padded(change.code(), codes) + "  " + change.now()).stripTrailing());
        }
    }

    private void aligned(List<List<String>> rows) {
        int[] widths = new int[3];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> line("  " + padded(row.get(0), widths[0]) + "  " + padded(row.get(1), widths[1]) + "  " + row.get(2)));
    }

    private void notes(List<String> notes) {
        notes.forEach(note -> line("note: " + note));
    }

    private void line(String text) {
        out.println(Printable.of(text));
    }

    private static void row(TextTable table, String... cells) {
        Ansi.Text[] texts = new Ansi.Text[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = Ansi.OFF.new Text(Printable.of(cells[i]), plain());
        }
        table.addRowValues(texts);
    }

    private static ColorScheme plain() {
        return new ColorScheme.Builder(Ansi.OFF).build();
    }

    private static String number(ShownMethod.Change change, String word) {
        return change.line() > 0 ? word + change.line() : "";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

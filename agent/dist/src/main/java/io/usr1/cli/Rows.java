package io.usr1.cli;

import io.usr1.target.Printable;
import java.io.PrintWriter;
import java.util.List;

/** Rows of cells, aligned. Cells may come from files and other processes, so all is made printable. */
final class Rows {

    private static final String GAP = "  ";

    private final PrintWriter out;

    Rows(PrintWriter out) {
        this.out = out;
    }

    void print(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            // The last cell of a row may be as long as it likes.
            for (int i = 0; i < row.size() - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : GAP).append(row.get(i)).append(" ".repeat(Math.max(0, widths[i] - row.get(i).length())));
            }
            out.println(Printable.of(line.toString().stripTrailing()));
        }
        out.flush();
    }
}

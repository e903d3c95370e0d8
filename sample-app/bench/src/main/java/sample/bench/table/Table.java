package sample.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text. The first {@code labels} columns are aligned to the left, the others, numbers, to the right.
 *
 * @param labels how many columns are words
 * @param head   one title a column
 * @param rows   each as long as the head
 */
public record Table(int labels, List<String> head, List<List<String>> rows) {

    /** For a terminal: columns padded with blanks. */
    public String aligned() {
        return lines(head, rows, "", "  ", "");
    }

    /** For a Markdown page: the same, with bars and the line that says how columns are aligned. */
    public String markdown() {
        List<List<String>> body = new ArrayList<>();
        body.add(IntStream.range(0, head.size()).mapToObj(this::rule).toList());
        body.addAll(rows);
        return lines(head, body, "| ", " | ", " |");
    }

    private String lines(List<String> first, List<List<String>> others, String open, String between, String close) {
        List<List<String>> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all.stream()
                .map(row -> IntStream.range(0, row.size()).mapToObj(column -> padded(row.get(column), column))
                        .collect(Collectors.joining(between, open, close)).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private String padded(String cell, int column) {
        String blanks = " ".repeat(Math.max(0, width(column) - cell.length()));
        return column < labels ? cell + blanks : blanks + cell;
    }

    private String rule(int column) {
        String dashes = "-".repeat(width(column) - 1);
        return column < labels ? "-" + dashes : dashes + ":";
    }

    private int width(int column) {
        int rowsWidth = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(2, Math.max(head.get(column).length(), rowsWidth));
    }
}

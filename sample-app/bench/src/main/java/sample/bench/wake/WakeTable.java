package sample.bench.wake;

import static sample.bench.wake.Variant.CHEAP;
import static sample.bench.wake.Variant.DETAILED;
import static sample.bench.wake.Variant.EXACT;
import static sample.bench.wake.Variant.PATCHED;
import static sample.bench.wake.Variant.PLAIN;
import static sample.bench.wake.Variant.RECORDED;
import static sample.bench.wake.Variant.SWITCHED;
import static sample.bench.wake.Variant.WOVEN;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sample.bench.table.Table;

/** The tables of a {@link WakeFigures}. */
public enum WakeTable {

    /** What is judged. */
    CLEAR("One owner, flag clear (busy)", row -> row.oneOwner() && row.is("busy"), List.of(
            nanos("plain ns", PLAIN), nanos("patched ns", PATCHED), nanos("woven ns", WOVEN), ratio("plain / cheap", PLAIN, CHEAP),
            ratio("woven / patched", WOVEN, PATCHED), ratio("woven / switched", WOVEN, SWITCHED), more("cheap, more ns", CHEAP, WOVEN), more("exact, more ns", EXACT, WOVEN),
            more("events default, more ns", RECORDED, CHEAP), more("events detailed, more ns", DETAILED, CHEAP))),

    /** The other path. */
    SET("One owner, flag set (set: a wake; idle: insert, wake that unlinks, attach)", row -> row.oneOwner() && !row.is("busy"), List.of(
            nanos("plain ns", PLAIN), nanos("patched ns", PATCHED), nanos("cheap ns", CHEAP), more("cheap, more ns than plain", CHEAP, PLAIN),
            more("cheap, more ns than patched", CHEAP, PATCHED), more("events default, more ns", RECORDED, CHEAP),
            more("events detailed, more ns", DETAILED, CHEAP))),

    /** What it is worth. */
    CONTENDED("Several owners of one lock (busy), and one owner beside a thief (robbed)", row -> !row.oneOwner(), List.of(
            nanos("plain ns", PLAIN), nanos("patched ns", PATCHED), nanos("cheap ns", CHEAP), ratio("plain / cheap", PLAIN, CHEAP),
            ratio("cheap / patched", CHEAP, PATCHED)));

    /** What the tables' heads do not say. */
    public static final String LEGEND = """
            ns: a wake's, median over all iterations of all forks, with the quartiles; plain: as it was written; patched: the flag written into the source by hand;
            switched: patched, with a switch that is read too; woven: without counters; cheap: woven as by default; a recording (events) is beside cheap. Ratios and differences are means over pairs of forks that
            ran side by side, with the 95 % interval. robbed: while a thief looks into the list all the time.""";

    private final String title;
    private final Predicate<Row> which;
    private final List<Column> columns;

    WakeTable(String title, Predicate<Row> which, List<Column> columns) {
        this.title = title;
        this.which = which;
        this.columns = columns;
    }

    /** A column after those that say what the row is about. */
    private record Column(String head, BiFunction<WakeFigures, Row, String> cell) {
    }

    /** What stands above it. */
    public String title() {
        return title;
    }

    /** One row for each kind of wake, lock, number of threads and JDK. */
    public Table of(WakeFigures figures) {
        List<String> head = Stream.concat(Stream.of("wake", "lock", "threads", "jdk"), columns.stream().map(Column::head)).toList();
        return new Table(2, head, figures.rows(which).stream().map(row -> Stream.concat(
                Stream.of(row.benchmark(), row.lock(), String.valueOf(row.threads()), String.valueOf(row.jdk())),
                columns.stream().map(column -> column.cell.apply(figures, row))).toList()).toList());
    }

    private static Column nanos(String head, Variant variant) {
        return new Column(head, (figures, row) -> figures.nanos(row, variant));
    }

    private static Column ratio(String head, Variant above, Variant below) {
        return new Column(head, (figures, row) -> figures.ratio(row::equals, above, below).text());
    }

    private static Column more(String head, Variant variant, Variant than) {
        return new Column(head, (figures, row) -> figures.more(row::equals, variant, than).signed());
    }
}

package sample.bench.wake;

import static sample.bench.wake.Variant.CHEAP;
import static sample.bench.wake.Variant.EXACT;
import static sample.bench.wake.Variant.PATCHED;
import static sample.bench.wake.Variant.PLAIN;
import static sample.bench.wake.Variant.SWITCHED;
import static sample.bench.wake.Variant.WOVEN;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import sample.bench.table.Estimate;
import sample.bench.table.Goal;

/**
 * What was aimed at, beside what {@link WakeFigures} say. Where the lock is not taken its kind cannot matter, so there pairs of all
 * kinds are judged together; where it is taken each kind is judged, and the worst is named.
 */
public final class WakeGoals {

    private static final double COUNTING_NANOS = 0.3;
    private static final double TOLD_APART = 0.1;
    private static final double GAIN = 2;
    private static final double SET_NANOS = 2;

    private final WakeFigures figures;
    private final int jdk;
    private final List<Goal> goals = new ArrayList<>();

    private WakeGoals(WakeFigures figures, int jdk) {
        this.figures = figures;
        this.jdk = jdk;
    }

    /** Of each JDK. */
    public static List<Goal> of(WakeFigures figures) {
        return figures.rows(row -> true).stream().map(Row::jdk).distinct().flatMap(jdk -> new WakeGoals(figures, jdk).judged().stream()).toList();
    }

    private List<Goal> judged() {
        Predicate<Row> busy = alone("busy");
        parity(busy, PATCHED, "patched by hand");
        parity(busy, SWITCHED, "patched by hand so that it can be switched off");
        Estimate cheap = figures.more(busy, CHEAP, WOVEN);
        goal("cheap counters: at most +0.3 ns", cheap.signed(), cheap, Goal.atMost(COUNTING_NANOS, cheap));
        worst(busy, row -> figures.ratio(row::equals, PLAIN, CHEAP), Comparator.comparing(Estimate::value)).ifPresent(least ->
                goal("plain / woven, each lock: more than 2", least.getValue().text() + ", " + least.getKey().lock(), least.getValue(), Goal.above(GAIN, least.getValue())));
        set("set", PLAIN, "flag set, a wake, each lock: at most +2 ns");
        set("set", PATCHED, "the same beside patched by hand: at most +2 ns");
        set("idle", PLAIN, "flag set, insert, wake and attach together, each lock: at most +2 ns");
        set("idle", PATCHED, "the same together beside patched by hand: at most +2 ns");
        Estimate exact = figures.more(busy, EXACT, WOVEN);
        goal("exact counters: no goal, they are for tests", exact.signed(), exact, "");
        return goals;
    }

    private void parity(Predicate<Row> busy, Variant patched, String how) {
        Estimate ratio = figures.ratio(busy, WOVEN, patched);
        goal("woven without counters / " + how + ": 1 within the interval, or less", ratio.text(), ratio, same(ratio));
    }

    /** That nothing can be told apart is worth something only if it could have been. */
    private static String same(Estimate ratio) {
        return ratio.low() > 1 ? "no" : ratio.high() <= 1 + TOLD_APART ? "yes" : "cannot be said, the interval is too wide";
    }

    private void set(String benchmark, Variant than, String goal) {
        worst(alone(benchmark), row -> figures.more(row::equals, CHEAP, than), Comparator.comparing(Estimate::value).reversed()).ifPresent(most ->
                goal(goal, most.getValue().signed() + ", " + most.getKey().lock(), most.getValue(), Goal.atMost(SET_NANOS, most.getValue())));
    }

    private void goal(String goal, String measured, Estimate estimate, String met) {
        goals.add(new Goal(goal, jdk, measured, estimate.known() ? met : "not measured"));
    }

    /** The row that comes first in {@code order}. */
    private Optional<Map.Entry<Row, Estimate>> worst(Predicate<Row> which, Function<Row, Estimate> figure, Comparator<Estimate> order) {
        Map<Row, Estimate> known = figures.rows(which).stream().collect(Collectors.toMap(Function.identity(), figure));
        return known.entrySet().stream().filter(row -> row.getValue().known()).min(Map.Entry.comparingByValue(order));
    }

    private Predicate<Row> alone(String benchmark) {
        return row -> row.jdk() == jdk && row.oneOwner() && row.is(benchmark);
    }
}

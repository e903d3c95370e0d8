package io.usr1.cli.report;

import io.usr1.findings.Finding;
import io.usr1.findings.Totals;
import io.usr1.findings.Waits.By;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.ToDoubleFunction;

/** The plots of a page. Those of one kind have one scale, so that two recordings can be compared with the eye. */
final class Plots {

    private static final int OWNERS = 10;

    /** A plot with what stands above it. */
    record Plot(String caption, String svg) {
    }

    private final List<Report> reports;

    Plots(List<Report> reports) {
        this.reports = reports;
    }

    List<Plot> waitsOverTime() {
        double highest = highest(report -> Arrays.stream(waits(report)).max().orElse(0));
        return reports.stream().map(report -> new Plot(report.name(), Svg.lines("Time waited over time, " + report.name(),
                List.of(new Svg.Line("waited", "waited", waits(report))), highest, end(report), Finding::time))).toList();
    }

    List<Plot> byOwner() {
        double longest = highest(report -> report.evidence().waits().by(By.OWNER).stream().mapToDouble(group -> group.getValue().nanos()).max().orElse(0));
        return reports.stream().map(report -> new Plot(report.name(), Svg.bars("Time waited by previous owner, " + report.name(),
                report.evidence().waits().by(By.OWNER).stream().limit(OWNERS).map(Plots::bar).toList(), longest))).toList();
    }

    List<Plot> histogram() {
        double longest = highest(report -> Arrays.stream(report.timeline().histogram()).max().orElse(0));
        return reports.stream().map(report -> new Plot(report.name(),
                Svg.bars("Waits by length, " + report.name(), histogram(report.timeline().histogram()), longest))).toList();
    }

    List<Plot> bypassRatio() {
        return reports.stream().map(report -> new Plot(report.name(), Svg.lines("Bypass ratio over time, " + report.name(), List.of(
                new Svg.Line("bypassed", "bypassed", each(report, bin -> bin.looked == 0 ? Double.NaN : (double) bin.bypassed / bin.looked)),
                new Svg.Line("needless", "needless", each(report, bin -> bin.looked == 0 ? Double.NaN : (double) bin.needless / bin.looked))),
                1, end(report), value -> Math.round(value * 100) + " %"))).toList();
    }

    private double highest(ToDoubleFunction<Report> of) {
        return reports.stream().mapToDouble(of).max().orElse(0);
    }

    private static double[] waits(Report report) {
        return each(report, bin -> bin.waitNanos);
    }

    private static double[] each(Report report, ToDoubleFunction<Timeline.Bin> value) {
        List<Long> numbers = new ArrayList<>(report.timeline().bins().keySet());
        if (numbers.isEmpty()) {
            return new double[0];
        }
        long first = numbers.get(0);
        double[] values = new double[(int) (numbers.get(numbers.size() - 1) - first) + 1];
        Arrays.fill(values, value.applyAsDouble(new Timeline.Bin()));
        report.timeline().bins().forEach((number, bin) -> values[(int) (number - first)] = value.applyAsDouble(bin));
        return values;
    }

    private static String end(Report report) {
        int bins = each(report, bin -> 0).length;
        return bins == 0 ? "" : Math.max(0, bins - 1) * (report.timeline().widthNanos() / 1_000_000_000L) + " s";
    }

    private static Svg.Bar bar(Entry<String, Totals> group) {
        long count = group.getValue().count();
        return new Svg.Bar(group.getKey(), group.getValue().nanos(), Finding.time(group.getValue().nanos()) + ", " + count + (count == 1 ? " wait" : " waits"));
    }

    private static List<Svg.Bar> histogram(long[] counts) {
        int first = 0;
        int last = counts.length - 1;
        while (first < last && counts[first] == 0) {
            first++;
        }
        while (last > first && counts[last] == 0) {
            last--;
        }
        List<Svg.Bar> bars = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            String label = i == counts.length - 1 ? "longer" : "up to " + Finding.time(Timeline.bound(i));
            bars.add(new Svg.Bar(label, counts[i], String.valueOf(counts[i])));
        }
        return bars;
    }
}

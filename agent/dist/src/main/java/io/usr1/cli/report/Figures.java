package io.usr1.cli.report;

import io.usr1.findings.Evidence;
import io.usr1.findings.Finding;
import io.usr1.findings.Role;
import io.usr1.findings.Totals;
import io.usr1.findings.Waits;
import io.usr1.findings.Waits.By;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;

/** The tables, whatever they are printed as. Texts are as they stand in the recording. */
final class Figures {

    private static final int TOP = 10;

    /**
     * A table.
     *
     * @param texts how many columns, from the left, hold texts; the others hold numbers
     */
    record Table(String title, int texts, List<String> head, List<List<String>> rows) {
    }

    private Figures() {
    }

    /** What each role did that did anything; with two recordings both lines of a role stand below each other. */
    static Table roles(List<Report> reports) {
        List<List<String>> rows = new ArrayList<>();
        Set<List<String>> keys = new LinkedHashSet<>();
        reports.forEach(report -> report.evidence().roles().forEach(role -> {
            if (!idle(role)) {
                keys.add(key(role));
            }
        }));
        for (List<String> key : keys) {
            for (Report report : reports) {
                report.evidence().roles().stream().filter(role -> key(role).equals(key)).forEach(role -> rows.add(row(report, reports.size() > 1, role)));
            }
        }
        List<String> head = new ArrayList<>(List.of("target", "role"));
        if (reports.size() > 1) {
            head.add("recording");
        }
        int texts = head.size();
        head.addAll(List.of("locks taken", "a second", "had to wait", "waited", "bypassed", "bypass ratio", "needless", "failed tries"));
        return new Table("Locks by role", texts, head, rows);
    }

    /** Who waited where, and behind whom; what cost most first. Empty if no wait was recorded. */
    static List<Table> waits(Report report) {
        Waits waits = report.evidence().waits();
        return waits.all().count() == 0 ? List.of() : Arrays.stream(By.values()).map(by -> new Table("Waits by " + by.label(), 1,
                List.of(by.label(), "waits", "waited", "share", "longest"),
                waits.by(by).stream().limit(TOP).map(group -> row(group, waits.all())).toList())).toList();
    }

    /** In one line. */
    static String summary(Report report) {
        Evidence evidence = report.evidence();
        return report.name() + ": " + Finding.time(evidence.lengthNanos()) + ", usr1-agent " + orUnknown(evidence.version()) + ", mode "
                + orUnknown(evidence.mode()) + ", targets " + orUnknown(evidence.targets());
    }

    private static List<String> row(Report report, boolean named, Role role) {
        List<String> row = new ArrayList<>(key(role));
        if (named) {
            row.add(report.name());
        }
        double seconds = report.evidence().lengthNanos() / 1e9;
        row.addAll(List.of(String.valueOf(role.acquired()), seconds == 0 ? "-" : Shown.number(Math.rint(10 * role.acquired() / seconds) / 10),
                String.valueOf(role.contended()), Finding.time(role.waitNanos()), String.valueOf(role.bypassed()),
                role.looked() == 0 ? "-" : Shown.percent(role.bypassed(), role.bypassed() + role.acquired()),
                role.looked() == 0 ? "-" : String.valueOf(role.needless()), String.valueOf(role.failedTries())));
        return row;
    }

    private static List<String> row(Entry<String, Totals> group, Totals all) {
        Totals totals = group.getValue();
        return List.of(group.getKey(), String.valueOf(totals.count()), Finding.time(totals.nanos()), Shown.percent(totals.nanos(), all.nanos()),
                Finding.time(totals.longestNanos()));
    }

    /** A target has roles for all kinds of locks, and a pool uses some. */
    private static boolean idle(Role role) {
        return role.equals(new Role(role.target(), role.role(), 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static List<String> key(Role role) {
        return List.of(orUnknown(role.target()), orUnknown(role.role()));
    }

    private static String orUnknown(String text) {
        return text == null || text.isEmpty() ? Waits.UNKNOWN : text;
    }
}

package io.usr1.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.usr1.findings.Evidence;
import io.usr1.findings.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    /** A target knows more kinds of locks than a pool has; what one of two recordings has, the other shows, too. */
    @Test void rolesThatDidNothingAreLeftOut() {
        Report before = report("before", new Role("pool", "wake", 3, 0, 0, 2, 1, 0, 0, 0, 0), idle("insert"), idle("wake-tls"));
        Report after = report("after", idle("wake"), new Role("pool", "insert", 0, 0, 0, 0, 0, 0, 1, 0, 0), idle("wake-tls"));
        assertEquals(List.of(List.of("pool", "wake", "before", "3"), List.of("pool", "wake", "after", "0"), List.of("pool", "insert", "before", "0"),
                List.of("pool", "insert", "after", "0")), Figures.roles(List.of(before, after)).rows().stream().map(row -> row.subList(0, 4)).toList());
    }

    private static Role idle(String role) {
        return new Role("pool", role, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Report report(String name, Role... roles) {
        Evidence evidence = new Evidence();
        for (Role role : roles) {
            evidence.statistics(role);
        }
        return new Report(name, evidence, new Timeline());
    }
}

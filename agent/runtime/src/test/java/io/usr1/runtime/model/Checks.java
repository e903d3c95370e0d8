package io.usr1.runtime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** What the tests ask of a model. Each answer is a line of {@code docs/model.md}. */
final class Checks {

    private static final Path PAGE = Path.of("..", "..", "docs", "model.md");
    private static final Path TRACES = Path.of("target", "model");
    /** A sound model that is smaller than this was not explored: a script ended early, or a guard is never true. */
    private static final int LEAST_SOUND = 3_000;
    private static final int LEAST_BROKEN = 100;

    private final String kind;
    private final List<String> lines = new ArrayList<>();

    Checks(String kind) {
        this.kind = kind;
    }

    /** Every rule holds in every state, whatever the memory. */
    void holds(String scenario, Supplier<Model> model) {
        int[] states = new int[Memory.values().length];
        for (Memory memory : Memory.values()) {
            Exploration all = Explorer.explore(model.get(), memory, Rule.ALL);
            assertNull(all.broken(), () -> scenario + ", " + memory + System.lineSeparator() + all.trace());
            assertTrue(all.states() > LEAST_SOUND, () -> scenario + ": only " + all.states() + " states");
            states[memory.ordinal()] = all.states();
        }
        lines.add(String.format(Locale.ROOT, "| %-16s | %-44s | %,10d | %,10d | %,10d |", kind, scenario, states[0], states[1], states[2]));
    }

    /** The mutant breaks {@code first}, and no rule after fewer steps; leave to go on, it does {@code harm}; null if it does none. */
    void finds(Mutant mutant, Rule first, Rule harm, Supplier<Model> model) {
        finds(mutant, Memory.SEQUENTIAL, first, harm, model);
    }

    void finds(Mutant mutant, Memory memory, Rule first, Rule harm, Supplier<Model> model) {
        Exploration any = Explorer.explore(model.get(), memory, Rule.ALL);
        assertNotNull(any.broken(), () -> mutant.sentence + ": nothing found in " + any.states() + " states");
        assertEquals(first, any.broken(), () -> String.valueOf(any.trace()));
        assertTrue(any.states() > LEAST_BROKEN, () -> mutant + ": found after " + any.states() + " states, so by accident");
        Exploration harmful = Explorer.explore(model.get(), memory, Rule.HARM);
        assertEquals(harm, harmful.broken(), () -> String.valueOf(harmful.trace()));
        keep(mutant, (harm == null ? any : harmful).trace());
        lines.add(String.format(Locale.ROOT, "| %-16s | %-56s | %-9s | %,10d | %-9s | %,10d |", kind, mutant.sentence, first, any.states(),
            harm == null ? "none" : harm, harmful.states()));
    }

    /** Some wake goes on without the lock. */
    void bypasses(Supplier<Model> model) {
        assertEquals(Rule.BYPASSED, Explorer.explore(model.get(), Memory.SEQUENTIAL, Set.of(Rule.BYPASSED)).broken());
    }

    /** Sound and useless: no wake ever goes on without the lock. */
    void neverBypasses(Mutant mutant, Supplier<Model> model) {
        Exploration all = Explorer.explore(model.get(), Memory.SEQUENTIAL, Set.of(Rule.BYPASSED));
        assertNull(all.broken(), () -> mutant + System.lineSeparator() + all.trace());
        assertTrue(all.states() > LEAST_SOUND, () -> mutant + ": only " + all.states() + " states");
        lines.add(String.format(Locale.ROOT, "| %-16s | %-56s | %-9s | %,10d | %-9s | %10s |", kind, mutant.sentence, "no bypass", all.states(),
            "none", ""));
    }

    /** Prints the table and compares it with the page. */
    void table() {
        lines.forEach(System.out::println);
        try {
            List<String> missing = new ArrayList<>(lines);
            missing.removeAll(Files.readAllLines(PAGE));
            assertEquals("", String.join(System.lineSeparator(), missing), "docs/model.md should have these lines");
        } catch (IOException e) {
            throw new AssertionError("docs/model.md cannot be read from " + Path.of("").toAbsolutePath(), e);
        }
    }

    private void keep(Mutant mutant, Counterexample trace) {
        Path file = TRACES.resolve(kind.replaceAll("\\W+", "-") + "-" + mutant.name().toLowerCase(Locale.ROOT) + ".txt");
        try {
            Files.createDirectories(TRACES);
            Files.writeString(file, mutant.sentence + System.lineSeparator() + trace);
        } catch (IOException e) {
            throw new AssertionError("the trace cannot be written to " + file, e);
        }
    }
}

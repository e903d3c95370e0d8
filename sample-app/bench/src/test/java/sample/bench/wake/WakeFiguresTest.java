package sample.bench.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sample.bench.table.Goal;

/** Ratios are those of forks that ran side by side, and what was not measured is not made up, nor judged. */
class WakeFiguresTest {

    private static final WakeFigures FIGURES = new WakeFigures("a machine", "two forks", List.of(
            sample(1, "busy", Variant.PLAIN, 4, 6, 5), sample(1, "busy", Variant.WOVEN, 1, 2, 9), sample(1, "busy", Variant.CHEAP, 2, 2.25, 3),
            sample(2, "busy", Variant.PLAIN, 30, 20, 40), sample(2, "busy", Variant.WOVEN, 6, 5, 4), sample(2, "busy", Variant.CHEAP, 5.25, 5.25, 5.25),
            sample(1, "set", Variant.PLAIN, 4, 4, 4), sample(1, "set", Variant.CHEAP, 9, 9, 9),
            sample(2, "set", Variant.PLAIN, 4, 4, 4), sample(2, "set", Variant.CHEAP, 9, 9, 9)));

    @TempDir
    private Path folder;

    @Test
    void comparisonsAreOfOneRound() throws IOException {
        Path json = folder.resolve("wake.json");
        FIGURES.write(json);
        // 5 / 2.25 and 30 / 5.25; 2.25 - 2 and 5.25 - 5.
        assertEquals("""
                wake  lock  threads  jdk               plain ns  patched ns             woven ns           plain / cheap  woven / patched  woven / switched          cheap, more ns  exact, more ns  events default, more ns  events detailed, more ns
                busy  spin        1   17  13.00 (4.75 to 32.50)           -  4.50 (1.75 to 6.75)  3.56 (0.01 to 1437.99)                -                 -  +0.25 (+0.25 to +0.25)               -                        -                         -
                """, WakeTable.CLEAR.of(WakeFigures.read(json)).aligned());
    }

    @Test
    void goalsAreJudgedByTheirIntervals() {
        assertEquals("woven without counters / patched by hand: 1 within the interval, or less 17 - not measured", line("woven without"));
        assertEquals("cheap counters: at most +0.3 ns 17 +0.25 (+0.25 to +0.25) yes", line("cheap"));
        assertEquals("plain / woven, each lock: more than 2 17 3.56 (0.01 to 1437.99), spin yes, but the interval reaches beyond", line("plain"));
        assertEquals("flag set, a wake, each lock: at most +2 ns 17 +5.00 (+5.00 to +5.00), spin no", line("flag set, a wake"));
    }

    private static String line(String start) {
        return Goal.table(WakeGoals.of(FIGURES)).aligned().lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow().replaceAll(" +", " ");
    }

    private static Sample sample(int round, String benchmark, Variant variant, double... iterations) {
        return new Sample(round, 17, 1, benchmark, "spin", variant, iterations, null);
    }
}

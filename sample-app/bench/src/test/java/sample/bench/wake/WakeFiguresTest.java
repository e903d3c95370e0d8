package sample.bench.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sample.bench.wake.WakeFigures.Sample;

/** Ratios are those of forks that ran side by side, and what was not measured is not made up. */
class WakeFiguresTest {

    @TempDir
    private Path folder;

    @Test
    void ratiosAreOfOneRound() throws IOException {
        WakeFigures figures = new WakeFigures("two forks", List.of(
                sample(1, Variant.PLAIN, 4, 6, 5), sample(1, Variant.WOVEN, 1, 2, 9), sample(1, Variant.CHEAP, 2, 2.25, 3),
                sample(2, Variant.PLAIN, 30, 20, 40), sample(2, Variant.WOVEN, 6, 5, 4)));
        Path json = folder.resolve("wake.json");
        figures.write(json);
        assertEquals("""
                wake  lock  threads  jdk  plain ns  patched ns  woven ns     plain / woven  woven / patched  cheap +ns  exact +ns  events +ns  detailed +ns
                busy  spin        1   17     13.00           -      4.50  4.25 (2.50-6.00)                -      -2.25          -           -             -
                """, WakeFigures.read(json).table().aligned());
    }

    private static Sample sample(int round, Variant variant, double... iterations) {
        return new Sample(round, 17, 1, "busy", "spin", variant, iterations);
    }
}

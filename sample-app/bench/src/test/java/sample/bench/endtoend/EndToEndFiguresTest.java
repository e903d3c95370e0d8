package sample.bench.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sample.bench.load.Bodies;

/** Ratios, their intervals and the tables. */
class EndToEndFiguresTest {

    private static final Setup SETUP = new Setup(Way.H2, Bodies.LARGE, "spin", 8);
    private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    @TempDir
    private Path folder;

    @Test
    void theIntervalIsThatOfThePairs() {
        // Logarithms 0, 0.1, 0.2: mean 0.1, standard error 0.1 / sqrt(3), Student's t at 97.5 % with 2 degrees of freedom 4.303.
        assertEquals("1.11 [0.86-1.42]", new Ratio(DoubleStream.of(1, Math.exp(0.1), Math.exp(0.2))).toString());
        assertEquals("2.00", new Ratio(DoubleStream.of(1, 4)).toString(), "two pairs do not say how they scatter");
        assertEquals("-", new Ratio(DoubleStream.empty()).toString());
    }

    @Test
    void aRateIsTheInverseOfTimeAndCpuIsNot() {
        Sample plain = sample(new Arm(Arm.Kind.PLAIN, "always"), 0, new long[] {100, 200, 100}, new long[] {10, 10, 10}, NONE);
        Sample half = sample(new Arm(Arm.Kind.BYPASS, "always"), 0, new long[] {50, 100, 900}, new long[] {5, 5, 90}, NONE);
        assertEquals(2, half.over(plain, Sample.Measure.RATE), "half the time is twice the rate; the odd round does not count");
        assertEquals(0.5, half.over(plain, Sample.Measure.CPU));
    }

    @Test
    void tablesSurviveTheFile() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (int fork = 0; fork < 3; fork++) {
            for (Arm arm : Arm.ALL) {
                long nanos = arm.kind() == Arm.Kind.PATCHED ? 50 : 100;
                samples.add(sample(arm, fork, new long[] {nanos}, new long[] {nanos}, new Counts(1000, 0, 0, 7, 0, arm.flagged() ? 0 : 2500, 0, 0, 0, 0, 3, 4_000_000)));
            }
        }
        EndToEndFigures figures = new EndToEndFigures("by hand", samples);
        Path file = folder.resolve("endtoend.json");
        figures.write(file);
        String page = EndToEndFigures.read(file).markdown();
        assertEquals(figures.markdown(), page);
        String row = page.lines().filter(line -> line.contains("never")).findFirst().orElseThrow().replaceAll(" +", " ");
        assertEquals("| h2 to h2 | large | spin | never | 8 | 17 | 2.500 | 0.000 | 0.000 | 3.00 | 3.00 | 3.00 | 4.000 | 4.000 | 4.000 | 7 |", row);
        assertTrue(page.contains("2.00 [2.00-2.00]"), page);
    }

    private static Sample sample(Arm arm, int fork, long[] nanos, long[] cpuNanos, Counts counts) {
        return new Sample(17, SETUP, arm, fork, 1000, nanos, cpuNanos, counts, counts);
    }
}

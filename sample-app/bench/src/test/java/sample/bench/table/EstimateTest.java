package sample.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Student's interval over pairs, and what it lets one say. */
class EstimateTest {

    @Test
    void theIntervalIsStudents() {
        // Standard error 1 / sqrt(3), and t(2, 0.975) = 4.303.
        assertEquals("+2.00 (-0.48 to +4.48)", Estimate.ofDifferences(1, 2, 3).signed());
        assertEquals("2.00 (2.00 to 2.00)", Estimate.ofRatios(2, 2).text());
        assertEquals("2.00 (one pair)", Estimate.ofRatios(2).text());
        assertEquals("1.00 (0.00 to 6682.65)", Estimate.ofRatios(0.5, 2).text());
    }

    @Test
    void nothingIsSaidOfNothing() {
        assertFalse(Estimate.ofRatios().known());
        assertEquals("-", Estimate.ofRatios().text());
    }

    @Test
    void aBoundInsideTheIntervalIsSaid() {
        assertEquals("yes", Goal.atMost(2, new Estimate(1, 0.5, 1.5, 4)));
        assertEquals("no", Goal.atMost(2, new Estimate(3, 2.5, 3.5, 4)));
        assertEquals("yes, but the interval reaches beyond", Goal.atMost(2, new Estimate(1.9, 1.5, 2.3, 4)));
        assertEquals("no, but the interval reaches it", Goal.atMost(2, new Estimate(2.1, 1.5, 2.7, 4)));
        assertEquals("yes", Goal.above(2, new Estimate(3, 2.5, 3.5, 4)));
        assertEquals("no", Goal.above(2, new Estimate(1, 0.5, 1.5, 4)));
        assertEquals("yes, but the interval reaches beyond", Goal.above(2, new Estimate(2.1, 1.5, 2.7, 4)));
        assertEquals("no, but the interval reaches it", Goal.above(2, new Estimate(1.9, 1.5, 2.3, 4)));
    }

    @Test
    void whatIsNotJudgedIsNotMet() {
        assertEquals("Goals: 2 met, 2 missed, 2 not judged.", Goal.summary(Stream.of("yes", "yes, but the interval reaches beyond", "no",
                "no, but the interval reaches it", "not measured", "").map(met -> new Goal("", 17, "", met)).toList()));
    }
}

package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a plan says of classes while they are defined. */
class PlanTest {

    private static final String LATER = "final class Later { %s }";

    private static Fixture fixture;
    private static Plan plan;

    @BeforeAll static void prove() throws Exception {
        fixture = Fixture.compile("pool", source -> source);
        plan = (Plan) Prover.prove(new PoolTarget().build(), fixture.source());
    }

    @Test void siteNumbersHaveNoGaps() {
        List<Integer> numbers = plan.sites().stream().map(PlannedSite::index).filter(index -> index >= 0).toList();
        assertEquals(IntStream.range(0, numbers.size()).boxed().toList(), numbers);
        assertEquals(3, plan.sites().stream().filter(site -> site.kind() == PlannedSite.Kind.BYPASS).count());
        assertEquals(1, plan.sites().stream().filter(site -> site.kind() == PlannedSite.Kind.SET && site.index() == -1).count());
    }

    @Test void otherBytesOfAWovenClassAreAMismatch() throws Exception {
        Fixture other = Fixture.compile("pool", source -> source.replace("counters.woken();", "counters.woken(); counters.woken();"));
        assertTrue(plan.mismatch("pool.SpinWake", fixture.bytes("pool.SpinWake")).isEmpty());
        assertTrue(plan.mismatch("pool.SpinWake", other.bytes("pool.SpinWake")).orElseThrow().toString().contains("other bytes than those that were proved"));
    }

    @Test void aClassWhoseBodyTheProofReadMustBeDefinedAsItWas() throws Exception {
        Fixture other = Fixture.compile("pool", source -> source.replace("others++;", "others += 2;"));
        assertTrue(plan.guards("pool.Counters"));
        assertTrue(plan.inspect("pool.Counters", fixture.bytes("pool.Counters")).isEmpty());
        assertTrue(plan.inspect("pool.Counters", other.bytes("pool.Counters")).isPresent());
    }

    @Test void classesOfThePackageAreInspectedAndOthersNot() {
        assertTrue(plan.guards("pool.Later"));
        assertFalse(plan.guards("elsewhere.Later"));
        assertFalse(plan.guards("pool.Tasklet"), "a woven class is compared, not inspected");
    }

    @Test void aLaterClassThatInsertsWithoutAMarkIsFound() throws Exception {
        assertEquals("a write of arg0.list = arg1", inspect("void sneak(Connection c, IdleConns l) { c.list = l; }").found());
        assertEquals("a write of arg0.context = null", inspect("void sneak(Tasklet t) { t.context = null; }").found());
        assertEquals("a new pool.Tasklet", inspect("Tasklet sneak(Connection c) { return new Tasklet(null, c); }").found());
        assertEquals("a call of pool.IdleConns#takeover in a class that was not proved", inspect("void sneak(IdleConns l) { l.takeover(null, null); }").found());
    }

    @Test void aLaterClassThatDoesNoneOfThisIsNot() throws Exception {
        assertTrue(later("boolean look(Connection c) { c.list = null; return c.isListed(); }").isEmpty());
    }

    private static Refusal inspect(String member) throws Exception {
        return later(member).orElseThrow();
    }

    private static Optional<Refusal> later(String member) throws Exception {
        Fixture more = Fixture.compile("pool", source -> source.contains("final class Loop {") ? source + LATER.formatted(member) : source);
        return plan.inspect("pool.Later", more.bytes("pool.Later"));
    }
}

package io.usr1.weaver;

import static io.usr1.weaver.MovingPool.ALONE;
import static io.usr1.weaver.MovingPool.ASKS;
import static io.usr1.weaver.MovingPool.MOVES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The ownerships under which no takeover replaces the carrier: proved, woven, and each rule broken once. */
class OwnershipsTest {

    private static final String WRITE = "        connection.owner = Thread.currentThread();\n";
    private static final String CLEAR = "        connection.attach();\n";

    @Test void theUnchangedPoolIsProved() {
        for (String ownership : List.of(MOVES, ASKS, ALONE)) {
            assertEquals(List.of(), MovingPool.sentences(MovingPool.prove(ownership, "", "")), ownership);
        }
    }

    @Test void itsOwnerBypassesAndNobodyElse() throws Exception {
        for (String ownership : List.of(MOVES, ASKS)) {
            MovingPool pool = new MovingPool(ownership, Mode.BYPASS);
            pool.call("wake");
            assertEquals(1, bypassed(pool), ownership);
            elsewhere(() -> pool.call("wake"));
            assertEquals(1, bypassed(pool), "a clear flag, but another's connection");
            pool.call("insert");
            pool.call("wake");
            assertEquals(1, bypassed(pool), "listed");
        }
    }

    @Test void theOldOwnerLocksAfterATakeoverAndTheNewOneBypasses() throws Exception {
        MovingPool pool = new MovingPool(MOVES, Mode.BYPASS);
        pool.call("wake");
        pool.call("insert");
        elsewhere(() -> {
            pool.call("take");
            pool.call("wake");
        });
        assertEquals(Flag.CLEAR, pool.flag());
        assertEquals(2, bypassed(pool), "the new owner's wake");
        pool.call("wake");
        assertEquals(2, bypassed(pool), "the old owner's late wake");
        assertEquals("open", pool.gate.state(), () -> "the breaker has nothing to say: " + pool.gate.shutReason());
    }

    @Test void aClearFlagOnAnUnlinkTripsTheBreakerForEver() throws Exception {
        MovingPool pool = new MovingPool(MOVES, Mode.BYPASS);
        pool.call("wake");
        pool.call("insert");
        ((Carrier) pool.call("carrier")).usr1$flag(Flag.CLEAR);
        pool.call("take");
        assertEquals("shut", pool.gate.state());
        assertTrue(pool.gate.shutReason().startsWith("the breaker tripped at moving.Pool#moved"), pool.gate.shutReason());
        pool.gate.mode(Mode.OBSERVE);
        pool.gate.mode(Mode.BYPASS);
        assertEquals("shut", pool.gate.state());
    }

    @Test void auditCountsCallsOfAnExclusiveSiteThatOverlap() throws Exception {
        MovingPool pool = new MovingPool(ALONE, Mode.AUDIT);
        pool.call("wake");
        assertEquals(0, pool.gate.violations());
        Thread[] two = {new Thread(() -> pool.call("wake"), "one"), new Thread(() -> pool.call("wake"), "two")};
        pool.holding(() -> {
            for (Thread thread : two) {
                thread.start();
                while (thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait(); // Until it waits for the lock, inside the site.
                }
            }
        });
        two[0].join();
        two[1].join();
        assertEquals(1, pool.gate.violations());
        elsewhere(() -> pool.call("wake"));
        assertEquals(1, pool.gate.violations(), "one after the other is no overlap");
    }

    @Test void anUnlistedCallerThatIsLoadedLaterIsFound() {
        Plan plan = (Plan) MovingPool.prove(ALONE, "", "");
        Fixture more = MovingPool.compile("final class Pool {", "final class Later { void sneak(Pool p, Connection c) { p.wake(c); } } final class Pool {");
        assertTrue(plan.guards("moving.Later"));
        Optional<Refusal> found = plan.inspect("moving.Later", more.bytes("moving.Later"));
        assertTrue(found.orElseThrow().toString().contains("a call of moving.Pool#wake in a class that was not proved"), found::toString);
    }

    @Test void thePlanSaysWhatItTakesFromTheTarget() {
        Plan plan = (Plan) MovingPool.prove(ALONE, "", "");
        assertTrue(plan.notes().stream().anyMatch(note -> note.contains("moving.Pool#run is alone at its site is taken from the target: one loop.")), () -> "" + plan.notes());
    }

    @Test void aFingerprintIsOfTheClassesThatWereRead() {
        String found = ((Plan) MovingPool.prove(MOVES, "", "")).fingerprint();
        assertEquals(found, ((Plan) MovingPool.prove(MOVES, "", "")).fingerprint());
        assertEquals(List.of(), MovingPool.sentences(MovingPool.proveTarget(MOVES, "package: moving", "package: moving\nfingerprint: { '1.0': " + found.substring(0, 20) + " }")));
        List<String> refused = MovingPool.sentences(MovingPool.proveTarget(MOVES, "package: moving", "package: moving\nfingerprint: { '1.0': 00112233445566778899 }"));
        assertTrue(refused.get(0).contains("found the fingerprint " + found + ", expected that of a version which the target was written for (1.0: 00112233445566778899)"), refused::toString);
        assertFalse(found.equals(((Plan) MovingPool.prove(MOVES, "connection.handled++;\n    }\n\n    void run", "connection.handled += 2;\n    }\n\n    void run")).fingerprint()));
    }

    @Test void aCloneKnowsNothingOfTheFlag() throws Exception {
        Fixture fixture = MovingPool.compile("final class Pool {", "final class Copied extends Connection implements Cloneable "
                + "{ public Copied clone() { try { return (Copied) super.clone(); } catch (CloneNotSupportedException e) { throw new AssertionError(e); } } } final class Pool {");
        Plan plan = (Plan) Prover.prove(MovingPool.target(MOVES, "", ""), fixture.source());
        Gate gate = Gates.create("moving", "test", Mode.BYPASS);
        Map<String, byte[]> woven = Map.of("moving.Connection", Verified.weave(plan, "moving.Connection", fixture.bytes("moving.Connection"), gate.number()));
        Constructor<?> made = fixture.loader(woven).loadClass("moving.Copied").getDeclaredConstructor();
        made.setAccessible(true);
        Carrier carrier = (Carrier) made.newInstance();
        assertEquals(Flag.CLEAR, carrier.usr1$flag());
        Method clone = carrier.getClass().getMethod("clone");
        clone.setAccessible(true);
        assertEquals(Flag.UNKNOWN, ((Carrier) clone.invoke(carrier)).usr1$flag());
    }

    @TestFactory Stream<DynamicTest> movesOwner() {
        return Stream.of(
                source(MOVES, "the owner written before every CLEAR", WRITE + CLEAR, CLEAR + WRITE),
                source(MOVES, "where moving.Connection.owner may not be written yet", WRITE + CLEAR, CLEAR + WRITE),
                source(MOVES, "which clears, that may come before the takeover", "                moved(connection);", "                connection.attach();\n                moved(connection);"),
                source(MOVES, "a takeover that does not write moving.Connection.owner", WRITE, ""),
                source(MOVES, "a way through the takeover on which the connection leaves the list", WRITE, "        if (connection.handled > 5) {\n    " + WRITE + "        }\n"),
                source(MOVES, "a write of arg0.owner = null", "connection.listed = this;", "connection.listed = this; connection.owner = null;"),
                source(MOVES, "lock 'pool' held where moving.Connection.owner is written", "    void run(", "    void sneak(Connection c) { moved(c); }\n    void run("),
                source(MOVES, "a field that is static or that any class may write", "    Thread owner", "    public Thread owner"),
                source(ASKS, "a method that is not plainly", "return owner == Thread.currentThread();", "return owner != Thread.currentThread();"),
                source(ASKS, "a method that is not plainly", "return owner == Thread.currentThread();", "return owner == Thread.currentThread() || handled > 0;"),
                source(ASKS, "a method that is not plainly", "final boolean isMine", "boolean isMine"),
                target(MOVES, "a region without 'owner'", "owner: arg0,", ""),
                target(MOVES, "no final instance field '.nothing'", "owner: arg0,", "owner: arg0.nothing,"),
                target(MOVES, "'unlink' in a takeover at 'exit'", "'Pool#moved', at: entry", "'Pool#moved', at: exit"));
    }

    @TestFactory Stream<DynamicTest> exclusive() {
        return Stream.of(
                source(ALONE, "a call of moving.Pool#wake, expected only calls by the listed callers", "    void run(", "    void sneak(Connection c) { wake(c); }\n    void run("),
                source(ALONE, "a method reference or code that cannot be followed", "    void run(", "    java.util.function.Consumer<Connection> sneak() { return this::wake; }\n    void run("),
                source(ALONE, "a site that classes which are not read may call", "final class Pool {", "interface Wakes { void wake(Connection c); } final class Pool implements Wakes {",
                        "    void wake(", "    public void wake("),
                target(ALONE, "no such method", "'Pool#run'", "'Pool#nothing'"),
                target(ALONE, "'owner' of a region", "lock: pool, ", "lock: pool, owner: arg0, "));
    }

    @TestFactory Stream<DynamicTest> signsAndUnlinks() {
        return Stream.of(
                target(MOVES, "a method that may do more than read one field", "{ field: Connection.listed, is: not-null }", "{ call: 'Connection#attach', is: 'true' }"),
                target(MOVES, "no such field", "Connection.listed, is", "Connection.absent, is"),
                target(MOVES, "the list's lock held wherever moving.Pool#run unlinks", "unlink: [ { method: 'Pool#moved'", "unlink: [ { method: 'Pool#run'"));
    }

    private static DynamicTest source(String ownership, String found, String... changes) {
        return DynamicTest.dynamicTest(found, () -> {
            String old = changes[0];
            assertFound(found, changes.length == 2 ? MovingPool.prove(ownership, old, changes[1])
                    : Prover.prove(MovingPool.target(ownership, "", ""), Fixture.compile("moving", text -> text.replace(old, changes[1]).replace(changes[2], changes[3])).source()));
        });
    }

    private static DynamicTest target(String ownership, String found, String old, String with) {
        return DynamicTest.dynamicTest(found, () -> assertFound(found, MovingPool.proveTarget(ownership, old, with)));
    }

    private static void assertFound(String found, Verdict verdict) {
        List<String> sentences = MovingPool.sentences(verdict);
        assertTrue(sentences.stream().anyMatch(sentence -> sentence.contains(found)), () -> found + " is not in " + sentences);
    }

    private static void elsewhere(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action, "elsewhere");
        thread.start();
        thread.join();
    }

    private static long bypassed(MovingPool pool) {
        return pool.gate.sites().get(0).bypassedCount();
    }
}

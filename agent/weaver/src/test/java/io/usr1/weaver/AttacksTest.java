package io.usr1.weaver;

import static io.usr1.weaver.PoolTarget.method;
import static io.usr1.weaver.PoolTarget.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.usr1.target.MarkSpec;
import io.usr1.target.Target;
import io.usr1.target.TargetReader;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ways past the proof that a pool's source could open: each would be a bypass without a reason, and each is refused. */
class AttacksTest {

    private static final String IDLE = "final class IdleConns {";
    private static final String CONNECTION = "class Connection {";

    /** The CLEAR of the one would be the other's. */
    @TestFactory Stream<DynamicTest> aCarrierOfTwoConnections() {
        return Stream.of(
                pool("a write of this.tasklet = arg0", CONNECTION, CONNECTION + " Connection(Tasklet shared) { tasklet = shared; }"),
                pool("a write of this.tasklet = a computed value", CONNECTION, CONNECTION + " Connection(Tasklet[] all) { tasklet = all[0]; }"),
                pool("pool.Connection: found a Cloneable class, of which a copy has the same pool.Connection.tasklet", CONNECTION,
                        "class Connection implements Cloneable { Object copy() throws CloneNotSupportedException { return clone(); }"),
                pool("pool.IdleConns$Copied: found a Cloneable class", IDLE, IDLE + " static class Copied extends Connection implements Cloneable { Copied() { super(null); } }"));
    }

    /** The same without a takeover that replaces carriers. */
    @Test void aCarrierOfTwoThatMove() throws Exception {
        String made = "    final Handle handle = new Handle();";
        Target target = TargetReader.read("handles.yaml", """
                target: handles
                package: moving
                carrier: { class: Handle }
                ownership: { exclusive: { callers: [ { method: 'Pool#run', because: one loop. } ] } }
                locks: { pool: { kind: reentrant, field: Pool.lock } }
                set: [ { method: 'Pool#link', at: entry, carrier: arg0.handle } ]
                clear: [ { method: 'Connection#attach', at: entry, carrier: this.handle } ]
                region: [ { method: 'Pool#wake', carrier: arg0.handle, lock: pool, when-clear: [ { call: 'Connection#isListed', is: 'false' } ] } ]
                """);
        Fixture own = changed("moving", "class Connection {", "final class Handle { }\nclass Connection {\n" + made);
        assertInstanceOf(Plan.class, Prover.prove(target, own.source()));
        Fixture shared = changed("moving", "class Connection {", "final class Handle { static final Handle ONE = new Handle(); }\nclass Connection {\n" + made.replace("new Handle()", "Handle.ONE"));
        refused(Prover.prove(target, shared.source()), "a constructor's write of a new carrier, because a path to the carrier ends in it");
    }

    /** Clear from birth, and perhaps of a connection that is listed. */
    @TestFactory Stream<DynamicTest> aCarrierMadeElsewhere() {
        return Stream.of(
                pool("pool.IdleConns#more, line 70: found a new pool.Tasklet", IDLE, IDLE + " Object more() { java.util.function.BiFunction<Loop, Connection, Tasklet> f = Tasklet::new; return f; }"),
                pool("pool.IdleConns$Second#<init>, line 70: found a new pool.Tasklet", IDLE, IDLE + " static class Second { final Tasklet second; Second(Connection c) { second = new Tasklet(null, c); } }"),
                pool("pool.Connection#<init>, line 56: found a new pool.Tasklet", "        tasklet = new Tasklet(loop, this);", "        tasklet = new Tasklet(loop, this); next = new Connection(loop, new Tasklet(loop, this));",
                        CONNECTION, CONNECTION + " Connection(Loop loop, Tasklet second) { }"),
                pool("pool.Connection#<init>", CONNECTION, CONNECTION + " Connection(Connection of) { this(of.tasklet.loop); new Tasklet(null, of); }"));
    }

    /** As HAProxy's front connections have them, which are in no list and never lock. */
    @Test void aConnectionOfAnotherKindMayHaveCarriersOfItsOwn() throws Exception {
        String front = "class Front extends Basis { private final Tasklet own = new Tasklet(null, this); Front() { super(null); } }\n";
        Fixture more = changed("pool", IDLE, "class Basis extends Connection { Basis(Loop loop) { super(loop); } }\n" + front + IDLE);
        Plan plan = assertInstanceOf(Plan.class, Prover.prove(new PoolTarget().build(), more.source()));
        String connections = String.valueOf(plan.inspect("pool.Front", more.bytes("pool.Front")));
        assertTrue(connections.contains("a new pool.Tasklet"), connections);
        Fixture other = changed("pool", "volatile Connection context;", "volatile Object context;", "Tasklet(Loop loop, Connection context)", "Tasklet(Loop loop, Object context)",
                "connection = tasklet.context;", "connection = (Connection) tasklet.context;", IDLE, "class Front { private final Tasklet own = new Tasklet(null, this); }\n" + IDLE);
        Plan wider = assertInstanceOf(Plan.class, Prover.prove(new PoolTarget().build(), other.source()));
        assertEquals(Optional.empty(), wider.inspect("pool.Front", other.bytes("pool.Front")));
    }

    @Test void aLaterClassThatMakesCarriersIsFound() throws Exception {
        Plan plan = assertInstanceOf(Plan.class, Prover.prove(new PoolTarget().build(), Fixture.compile("pool", source -> source).source()));
        Fixture more = Fixture.compile("pool", source -> source.replace(IDLE, "class Later { Later(Connection c) { new Tasklet(null, c); } }\n" + IDLE));
        String found = String.valueOf(plan.inspect("pool.Later", more.bytes("pool.Later")));
        assertTrue(found.contains("pool.Later#<init>, line 70: found a new pool.Tasklet"), found);
    }

    /** The taker's carrier is clear while the old owner's late wake is still to come. */
    @TestFactory Stream<DynamicTest> aPathToTheTakersCarrier() {
        return Stream.of(
                pool("a wake that finds its carrier 'arg0.context.tasklet' by the connection", "", "", target -> target.wakeCarrier = path(0, "context", "tasklet")),
                pool("a mark of a carrier by itself, 'arg0', expected the path from its connection, which ends in pool.Connection.tasklet", "final class Loop {",
                        "final class Loop { void done(Tasklet tasklet) { }", target -> target.clears.add(new MarkSpec(method("pool.Loop", "done"), MarkSpec.At.EXIT, null, path(0), null, null))));
    }

    /** Where the field that says "listed" is out of sight, a CLEAR before the unlink would be believed. */
    @Test void aClearThatCannotLook() throws Exception {
        Fixture fixture = changed("moving", "connection.listed = this", "connection.list(this)", "connection.listed = null", "connection.unlist()", "    Pool listed;\n",
                "    private Pool listed;\n    void list(Pool pool) { listed = pool; }\n    void unlist() { listed = null; }\n    void woken(Pool pool) { pool.lock.lock(); try { if (listed != null) "
                        + "{ pool.idle = null; listed = null; } } finally { pool.lock.unlock(); } }\n", "    void run(Connection connection) {\n        wake(connection);",
                "    void attached(Connection c) { }\n    void run(Connection connection) {\n        connection.woken(this);");
        String target = """
                target: hidden
                package: moving
                carrier: { class: Connection }
                ownership: { exclusive: { callers: [ { method: 'Pool#run', because: one loop. } ] } }
                locks: { pool: { kind: reentrant, field: Pool.lock } }
                set: [ { method: 'Pool#link', at: entry, carrier: arg0 } ]
                clear: [ { method: 'Connection#attach', at: entry, carrier: this } ]
                region: [ { method: 'Connection#woken', carrier: this, lock: pool, when-clear: [ { field: Connection.listed, is: 'null' } ] } ]
                """;
        assertInstanceOf(Plan.class, Prover.prove(TargetReader.read("hidden.yaml", target), fixture.source()));
        refused(Prover.prove(TargetReader.read("hidden.yaml", target.replace("'Connection#attach', at: entry, carrier: this", "'Pool#attached', at: exit, carrier: arg0")), fixture.source()),
                "a CLEAR of 'arg0' where moving.Connection.listed cannot be looked at");
    }

    @TestFactory Stream<DynamicTest> aClearOfWhatIsBeingTaken() {
        String early = "pool.Connection#attach, which clears, that may come before the takeover";
        return Stream.of(
                pool("pool.Connection#attach, which clears, where the carrier is not replaced yet", "Tasklet old = connection.tasklet;",
                        "unlink(connection); connection.attach(); Tasklet old = connection.tasklet;"),
                pool(early, "return found != null &&", "if (found != null) { victim.idle.unlink(found); found.attach(); } return found != null &&"),
                pool(early, "    Connection steal(Loop victim) {", "    void early(Loop victim, Connection c) { c.attach(); later(victim, c); }\n"
                        + "    private void later(Loop v, Connection c) { v.idle.reentrant.lock(); try { v.idle.takeover(c, loop); } finally { v.idle.reentrant.unlock(); } }\n    Connection steal(Loop victim) {"),
                pool("a CLEAR in a takeover where the carrier is not replaced yet", "Tasklet old = connection.tasklet;", "if (thief == null) { return false; } Tasklet old = connection.tasklet;",
                        target -> target.clears.add(new MarkSpec(method("pool.IdleConns", "takeover"), MarkSpec.At.EXIT, null, path(0, "tasklet"), null, null))),
                moving("that may come before the takeover", MovingPool.MOVES, "    Connection take() {",
                        "    Connection early(Connection c) { c.attach(); again(c); return c; }\n    private void again(Connection c) { lock.lock(); try { moved(c); } finally { lock.unlock(); } }\n    Connection take() {"));
    }

    /** What is put into the list was set, and cleared again since. */
    @TestFactory Stream<DynamicTest> aClearBetweenSetAndInsert() {
        return Stream.of(
                pool("a write of arg0.list = this", "synchronized (monitor) {\n                spin.lock();", "connection.attach();\n            synchronized (monitor) {\n                spin.lock();"),
                pool("a write of arg0.list = this", "synchronized (monitor) {\n                spin.lock();", "takeover(connection, null);\n            synchronized (monitor) {\n                spin.lock();"),
                pool("a write of arg0.list = this", "        connection.next = newest;\n", "        connection.next = newest;\n        if (newest != null) { newest.attach(); }\n"),
                asked("deque", "a write of this.item = arg0", "        first = new Node(item, first);\n    }", "        first = new Node(item, first);\n        unlink();\n        first = new Node(item, first);\n    }"));
    }

    @TestFactory Stream<DynamicTest> anotherCriticalSection() {
        String gives = "a SET in a method that gives lock 'deque' up on the way";
        return Stream.of(
                asked("deque", gives, "        first = new Node(item, first);\n    }", "        pause();\n        first = new Node(item, first);\n    }\n    private void pause() { lock.unlock(); lock.lock(); }"),
                asked("deque", gives, "        first = new Node(item, first);\n    }", "        more();\n        first = new Node(item, first);\n    }\n    private void more() { pause(); }\n"
                        + "    private void pause() { lock.unlock(); Thread.yield(); lock.lock(); }"),
                asked("links", "a write in a constructor or static initialiser, because the marks are ordered by the lock in it", "    final Object sync = new Object();",
                        "    Object sync = new Object();\n    void swap() { sync = new Object(); }"));
    }

    /** A caller that nobody lists, because the method goes by another class's name. */
    @TestFactory Stream<DynamicTest> aMethodThatASubclassHandsOn() {
        String open = "a site that classes which are not read may call";
        return Stream.of(
                moving(open, MovingPool.ALONE, "final class Pool {", "class Pool { interface Wakes { void wake(Connection c); } static class More extends Pool implements Wakes { }", "    void wake(", "    public void wake("),
                moving(open, MovingPool.ALONE, "final class Pool {", "class Pool { public static class More extends Pool { }", "    void wake(", "    protected void wake("));
    }

    @Test void aSubclassThatComesLaterIsFound() throws Exception {
        Fixture fixture = changed("moving", "final class Pool {", "class Pool {", "    void wake(", "    public void wake(");
        Plan plan = assertInstanceOf(Plan.class, Prover.prove(MovingPool.target(MovingPool.ALONE, "", ""), fixture.source()));
        Fixture more = changed("moving", "final class Pool {", "class Later extends Pool { } class Pool {", "    void wake(", "    public void wake(");
        String found = String.valueOf(plan.inspect("moving.Later", more.bytes("moving.Later")));
        assertTrue(found.contains("a subclass of moving.Pool that was not proved"), found);
    }

    @TestFactory Stream<DynamicTest> nobodyKnowsWhatListedMeans() {
        return Stream.of(pool("regions with nothing that says whether the connection is listed", "wasIdle = connection.isListed();", "wasIdle = false;", target -> target.whenClear.remove(1)));
    }

    /** What was set hangs on a field that the one that is inserted hides. */
    @Test void aHiddenFieldIsAnother() throws Exception {
        String held = "class Held { final Slot slot = new Slot(8); } class More extends Held { final Slot slot = new Slot(9); }\n";
        String fill = " void fill(Held held) { synchronized (lock) { refill(held); } } private void refill(Held held) { idle.add(((More) held).slot); }";
        Fixture fixture = changed("asked", "class LambdaPool implements Shape {", held + "class LambdaPool implements Shape {" + fill);
        refused(Prover.prove(AskedPool.target("lambda", text -> text.replace("set: [ ", "set: [ { method: LambdaPool#refill, at: entry, carrier: arg0.slot }, ")), fixture.source()),
                "an insert of arg0.slot into asked.LambdaPool.idle whose flag was not set before");
    }

    private static DynamicTest pool(String found, String... changes) {
        return DynamicTest.dynamicTest(found, () -> refused(Prover.prove(new PoolTarget().build(), changed("pool", changes).source()), found));
    }

    private static DynamicTest pool(String found, String old, String with, Consumer<PoolTarget> change) {
        return DynamicTest.dynamicTest(found, () -> {
            PoolTarget target = new PoolTarget();
            change.accept(target);
            refused(Prover.prove(target.build(), changed("pool", old, with).source()), found);
        });
    }

    private static DynamicTest moving(String found, String ownership, String... changes) {
        return DynamicTest.dynamicTest(found, () -> refused(Prover.prove(MovingPool.target(ownership, "", ""), changed("moving", changes).source()), found));
    }

    private static DynamicTest asked(String pool, String found, String... changes) {
        return DynamicTest.dynamicTest(pool + ": " + found, () -> refused(Prover.prove(AskedPool.target(pool, text -> text), changed("asked", changes).source()), found));
    }

    private static Fixture changed(String folder, String... changes) throws Exception {
        boolean[] done = new boolean[changes.length];
        Fixture fixture = Fixture.compile(folder, source -> {
            String changed = source;
            for (int i = 0; i < changes.length; i += 2) {
                done[i] |= changed.contains(changes[i]);
                changed = changes[i].isEmpty() ? changed : changed.replace(changes[i], changes[i + 1]);
            }
            return changed;
        });
        for (int i = 0; i < changes.length; i += 2) {
            assertTrue(done[i], "the fixture no longer has: " + changes[i]);
        }
        return fixture;
    }

    static void refused(Verdict verdict, String found) {
        List<String> sentences = verdict instanceof Refused refused ? refused.refusals().stream().map(Refusal::toString).toList() : List.of("PROVED");
        assertTrue(sentences.stream().anyMatch(sentence -> sentence.contains(found)), () -> found + " is not in " + sentences);
    }
}

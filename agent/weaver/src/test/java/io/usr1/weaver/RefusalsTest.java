package io.usr1.weaver;

import static io.usr1.weaver.PoolTarget.method;
import static io.usr1.weaver.PoolTarget.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.usr1.target.CarrierSpec;
import io.usr1.target.FieldRef;
import io.usr1.target.LockPlace;
import io.usr1.target.LockSpec;
import io.usr1.target.MarkSpec;
import io.usr1.target.ObserveSpec;
import io.usr1.target.Ownership;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule of the proof, broken once: by a change of the pool's source or of the target. */
class RefusalsTest {

    private static final Map<String, Fixture> COMPILED = new ConcurrentHashMap<>();
    private static final String OTHER = "counters.other();";

    @Test void theUnchangedPoolIsProved() throws Exception {
        assertInstanceOf(Plan.class, prove("", "", target -> { }));
    }

    @Test void aHarmlessSuperclassOfTheCarrierIsProved() throws Exception {
        assertInstanceOf(Plan.class, prove("final class Tasklet {", "class Base { int made; Base() { made = 1; } } final class Tasklet extends Base {", target -> { }));
    }

    @Test void aTakeoverThatItsCallerUnlistsUnderTheLockIsProved() throws Exception {
        assertInstanceOf(Plan.class, prove(Map.of("old.context = null;\n        unlink(connection);", "old.context = null;",
                "return found != null && victim.idle.takeover(found, loop) ? found : null;",
                "if (found == null) {\n                return null;\n            }\n            victim.idle.takeover(found, loop);\n"
                        + "            victim.idle.unlink(found);\n            return found;")));
    }

    @Test void aFailedAssertionIsNoWayOutOfATakeover() throws Exception {
        assertInstanceOf(Plan.class, prove("        old.context = null;\n", "        old.context = null;\n        assert thief != null;\n", target -> { }));
    }

    @Test void theLockOfAnotherListIsANote() throws Exception {
        assertTrue(((Plan) prove("", "", target -> { })).notes().stream().noneMatch(note -> note.contains("is that of the list")));
        Plan plan = (Plan) prove("victim.idle.takeover(found, loop)", "new Loop().idle.takeover(found, loop)", target -> { });
        assertTrue(plan.notes().stream().anyMatch(note -> note.contains("That the lock 'reentrant' which pool.Thief#steal holds is that of the list")), () -> "" + plan.notes());
    }

    @Test void aRefusalIsOneSentence() throws Exception {
        Refused refused = (Refused) prove("    void unlink(", "    void sneak(Connection c) { c.list = this; }\n    void unlink(", target -> { });
        assertEquals(1, refused.refusals().size());
        assertEquals("target pool: pool.IdleConns#sneak, line 99: found a write of arg0.list = this, expected false, 0 or null, or a write for the marked "
                + "connection in a method that sets the flag first (pool.IdleConns#insert); add the method that inserts here to 'sets', or refuse this "
                + "library version.", refused.refusals().get(0).toString());
    }

    @Test void aNameThatIsNotThereIsSaidBeforeWhatFollowsFromIt() throws Exception {
        Refused refused = (Refused) prove("", "", target -> {
            FieldRef misspelt = new FieldRef("pool.Tasklet", "contextt");
            target.ownership = new Ownership.ReplacesCarrier(new FieldRef("pool.Connection", "tasklet"), misspelt, PoolTarget.method("pool.IdleConns", "takeover"));
            target.whenClear.set(0, new WhenClear.FieldRead(misspelt, WhenClear.Known.NOT_NULL));
        });
        assertTrue(refused.refusals().size() > 1, "one wrong name is found in several places");
        assertEquals("no such field", refused.refusals().get(0).found());
    }

    @TestFactory Stream<DynamicTest> carrier() {
        return Stream.of(
                change("no such class", target -> target.carrier = new CarrierSpec("pool.Nothing", true)),
                change("an interface, enum or record", target -> target.carrier = new CarrierSpec("pool.Wake", true)),
                change("a carrier with a clone() of its own", "final class Tasklet {", "final class Tasklet implements Cloneable { public Tasklet clone() throws CloneNotSupportedException { return (Tasklet) super.clone(); }"),
                change("a Serializable class without a serialVersionUID", "final class Tasklet {", "final class Tasklet implements java.io.Serializable {"),
                change("a carrier with a clone() of its own", "final class Tasklet {",
                        "class Base { protected Object clone() throws CloneNotSupportedException { return super.clone(); } } class Tasklet extends Base {"),
                change("a carrier that any class may make", target -> target.carrier = new CarrierSpec("pool.Hook$Tasklet", true), "final class Tasklet {",
                        "class Hook { public static final class Tasklet { public Tasklet() { } } } final class Tasklet {"),
                change("pool.Thief: found a Serializable class without a serialVersionUID", "final class Thief {", "final class Thief implements java.io.Serializable {"),
                change("a superclass constructor that may let the new carrier be seen", "final class Tasklet {",
                        "class Base { static Object last; Base() { last = this; } } final class Tasklet extends Base {"),
                change("a new pool.Tasklet, expected carriers made in the takeover, and in constructors for what is being made", "    void unlink(", "    Tasklet more() { return new Tasklet(null, newest); }\n    void unlink("),
                change("a member named usr1$", "    volatile Connection context;", "    volatile Connection context; int usr1$x;"));
    }

    @TestFactory Stream<DynamicTest> marks() {
        return Stream.of(
                change("no place where the flag is set", target -> target.sets.clear()),
                change("a SET at the exit", target -> target.sets.set(0, mark("IdleConns", "insert", MarkSpec.At.EXIT, 0, "tasklet"))),
                change("a mark in a constructor", target -> target.clears.add(mark("Connection", "<init>", MarkSpec.At.EXIT, -1, "tasklet"))),
                change("no instance field 'nothing'", target -> target.sets.set(0, mark("IdleConns", "insert", MarkSpec.At.ENTRY, 0, "nothing"))),
                change("a path that ends at pool.IdleConns", target -> target.sets.set(0, mark("IdleConns", "insert", MarkSpec.At.ENTRY, 0, "list"))),
                change("no argument 3", target -> target.sets.set(0, mark("IdleConns", "insert", MarkSpec.At.ENTRY, 3))),
                change("that ends in another field", "    int handled;", "    int handled; Tasklet spare;",
                        target -> target.sets.set(0, mark("IdleConns", "insert", MarkSpec.At.ENTRY, 0, "spare"))),
                change("may not read", "    final Loop loop;\n    volatile", "    private Tasklet self = this; final Loop loop;\n    volatile",
                        target -> target.sets.set(0, mark("IdleConns", "insert", MarkSpec.At.ENTRY, 0, "tasklet", "self"))),
                change("the root of the path 'arg0.tasklet' assigned", "connection.next = null;\n        connection.list = null;",
                        "connection.next = null;\n        connection.list = null;\n        connection = newest;",
                        target -> target.clears.add(mark("IdleConns", "unlink", MarkSpec.At.EXIT, 0, "tasklet"))),
                change("a CLEAR of the carrier that the takeover takes away",
                        target -> target.clears.add(mark("IdleConns", "takeover", MarkSpec.At.ENTRY, 0, "tasklet"))),
                change("no such method", target -> target.clears.add(mark("Connection", "nothing", MarkSpec.At.EXIT, -1, "tasklet"))),
                change("2 methods of that name", "    void unlink(", "    boolean insert() { return false; }\n    void unlink("));
    }

    @TestFactory Stream<DynamicTest> regions() {
        return Stream.of(
                change("a synchronized method with a region of lock", "public void wake(", "public synchronized void wake("),
                change("no place where lock 'reentrant'", target -> target.locks.set(0,
                        new LockSpec("reentrant", LockSpec.Kind.REENTRANT, PoolTarget.field("pool.IdleConns", "second"), null, null, null)),
                        "    Connection newest;", "    Connection newest; final ReentrantLock second = new ReentrantLock();"),
                change("a write of this.reentrant = a new pool.IdleConns$1", "reentrant = new ReentrantLock();", "reentrant = new ReentrantLock() { public void lock() { } };"),
                change("a Serializable class without a serialVersionUID and without a static initialiser", "final class MonitorWake implements ",
                        "final class MonitorWake implements java.io.Serializable, "),
                change("a synchronized method of a Serializable class", target -> {
                    target.locks.add(new LockSpec("timer", LockSpec.Kind.MONITOR, new LockPlace.ObjectOf("pool.Timer"), null, null, null));
                    target.observed.add(new ObserveSpec("timer", method("pool.Timer", "tick"), "timer"));
                }, "final class SpinLock {",
                        "final class Timer implements java.io.Serializable { synchronized void tick() { } }\nfinal class SpinLock {"),
                change("a write of pool.SpinLock.last", "held.set(false);", "held.set(false); last++; } static int last; static void more() {"),
                change("nothing in the region that 'pool.Connection.handled is 0'",
                        target -> target.whenClear.add(new WhenClear.FieldRead(new FieldRef("pool.Connection", "handled"), Known.ZERO))),
                change("asked of arg0.loop.idle.newest", "wasIdle = connection.isListed();", "wasIdle = idle.newest.isListed();"),
                change("where a boolean is read", target -> target.whenClear.set(1, new WhenClear.Call(method("pool.Connection", "isListed"), Known.ZERO))),
                change("which returns a value", target -> target.omitted.add(method("pool.Connection", "isListed"))),
                change("static field java.lang.System.out in the omitted pool.Counters#other", "others++;", "others++; System.out.println();"),
                change("a write of pool.Counters.timed in the omitted", "others++;", "others++; timed = true;"),
                change("more than counting in the omitted", "others++;", "others++; synchronized (this) { others++; }"),
                change("a read of pool.Counters.locks, which an omitted call writes", "counters.woken();", "counters.woken(); if (counters.locks < 0) { return; }"),
                change("a write of pool.Connection.handled in the region", OTHER, OTHER + " connection.handled++;"),
                change("a call of pool.Connection.attach in the region", OTHER, OTHER + " connection.attach();"),
                change("a call of pool.Counters.woken in the region", OTHER, OTHER + " counters.woken();"),
                change("a new object in the region", OTHER, OTHER + " if (connection.handled < 0) { throw new IllegalStateException(); }"),
                change("another monitor in the region", OTHER, OTHER + " synchronized (connection) { since++; }"),
                change("an invokedynamic in the region", OTHER, OTHER + " Runnable r = () -> { };"),
                change("a read of static java.lang.System.out in the region", OTHER, OTHER + " Object o = System.out;"),
                change("a region in a method that the target names for something else too",
                        target -> target.observed.add(new ObserveSpec("get", method("pool.SpinWake", "wake"), "spin"))),
                change("no place where lock 'spin'", target -> target.observed.add(new ObserveSpec("get", method("pool.Counters", "other"), "spin"))));
    }

    @TestFactory Stream<DynamicTest> knowledge() {
        return Stream.of(
                change("the field pool.Connection.list reached by its name", "    void unlink(",
                        "    Object sneak() throws Exception { return Connection.class.getDeclaredField(\"list\"); }\n    void unlink("),
                change("a write of arg0.next.list = this", "connection.list = this;", "connection.list = this; connection.next.list = this;"),
                change("a field that any class may write", "    IdleConns list;", "    public IdleConns list;"),
                change("a method that is not plainly 'false'", "return list != null;", "return list != null && handled > 0;"),
                change("a method that is not plainly 'false'", "return list != null;", "return list == null;"),
                change("'not-null' about another field", target -> target.whenClear.add(new WhenClear.FieldRead(new FieldRef("pool.Connection", "list"), Known.NOT_NULL))),
                change("'true' about a field", target -> target.whenClear.add(new WhenClear.FieldRead(new FieldRef("pool.Connection", "list"), Known.TRUE))));
    }

    @TestFactory Stream<DynamicTest> ownership() {
        return Stream.of(
                change("a write of arg0.tasklet.context = null", "    void unlink(Connection connection) {", "    void unlink(Connection connection) {\n connection.tasklet.context = null;"),
                change("a takeover that does not write pool.Connection.tasklet", "connection.tasklet = fresh;", ""),
                change("a takeover that does not null the old carrier's context", "old.context = null;", ""),
                change("a write of arg0.tasklet = one of several values", "connection.tasklet = fresh;", "connection.tasklet = thief == null ? old : fresh;"),
                change("the context of a new pool.Tasklet nulled", "old.context = null;", "fresh.context = null;"),
                change("the context of arg0.tasklet nulled", "old.context = null;", "connection.tasklet.context = null;"),
                change("a field of type pool.IdleConns", target -> target.ownership = new Ownership.ReplacesCarrier(new FieldRef("pool.Connection", "list"),
                        new FieldRef("pool.Tasklet", "context"), method("pool.IdleConns", "takeover"))),
                change("a context field of another class", target -> target.ownership = new Ownership.ReplacesCarrier(new FieldRef("pool.Connection", "tasklet"),
                        new FieldRef("pool.Connection", "next"), method("pool.IdleConns", "takeover"))),
                change("a field that is static or that any class may write", "    Tasklet tasklet;", "    public Tasklet tasklet;"),
                change("a call of pool.IdleConns#takeover without one of the target's locks", "if (!victim.idle.reentrant.tryLock()) {\n            return null;",
                        "if (!victim.idle.reentrant.tryLock()) {\n            victim.idle.takeover(null, loop);\n            return null;"),
                change("no caller in the classes of the target", target -> target.observed.remove(4)),
                change("a takeover after which the connection may still count as listed (pool.Connection.list)", "old.context = null;\n        unlink(connection);", "old.context = null;"),
                change("a takeover after which the connection may still count as listed (pool.Connection.list)", "        unlink(connection);\n        return true;",
                        "        if (thief != null) {\n            unlink(connection);\n        }\n        return true;"),
                change("a takeover after which the connection may still count as listed (pool.Connection.list)", "        unlink(connection);\n        return true;",
                        "        unlink(connection.next);\n        return true;"),
                change("an exception that may leave the takeover after it replaced the carrier", "        old.context = null;\n",
                        "        old.context = null;\n        if (thief == null) {\n            throw new IllegalStateException();\n        }\n"));
    }

    private static MarkSpec mark(String owner, String name, MarkSpec.At at, int argument, String... fields) {
        return new MarkSpec(method("pool." + owner, name), at, null, path(argument, fields), null, null);
    }

    private static DynamicTest change(String found, Consumer<PoolTarget> change) {
        return change(found, "", "", change);
    }

    private static DynamicTest change(String found, String old, String with) {
        return change(found, old, with, target -> { });
    }

    private static DynamicTest change(String found, Consumer<PoolTarget> change, String old, String with) {
        return change(found, old, with, change);
    }

    private static DynamicTest change(String found, String old, String with, Consumer<PoolTarget> change) {
        return DynamicTest.dynamicTest(found, () -> {
            Verdict verdict = prove(old, with, change);
            List<String> sentences = new ArrayList<>();
            if (verdict instanceof Refused refused) {
                refused.refusals().forEach(refusal -> sentences.add(refusal.toString()));
            }
            assertTrue(sentences.stream().anyMatch(sentence -> sentence.contains(": found ") && sentence.contains(found)), () -> found + " is not in " + sentences);
        });
    }

    private static Verdict prove(String old, String with, Consumer<PoolTarget> change) throws Exception {
        Fixture fixture = COMPILED.computeIfAbsent(old + "->" + with, key -> compile(old, with));
        PoolTarget target = new PoolTarget();
        change.accept(target);
        return Prover.prove(target.build(), fixture.source());
    }

    private static Verdict prove(Map<String, String> changes) throws Exception {
        return Prover.prove(new PoolTarget().build(), Fixture.compile("pool", source -> {
            String changed = source;
            for (Map.Entry<String, String> change : changes.entrySet()) {
                changed = changed.replace(change.getKey(), change.getValue());
            }
            return changed;
        }).source());
    }

    private static Fixture compile(String old, String with) {
        int[] changed = new int[1];
        try {
            return Fixture.compile("pool", source -> {
                changed[0] += !old.isEmpty() && source.contains(old) ? 1 : 0;
                return old.isEmpty() ? source : source.replace(old, with);
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            assertTrue(old.isEmpty() || changed[0] > 0, "the fixture no longer has: " + old);
        }
    }
}

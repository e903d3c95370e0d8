package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to a stale or misread flag, made once: in the pool's source or in the target. */
class AskedRefusalsTest {

    private static final Map<String, Fixture> COMPILED = new ConcurrentHashMap<>();

    @TestFactory Stream<DynamicTest> everyInsertIsMarked() {
        return Stream.of(
                source("status", "an insert of arg0 into asked.StatusPool.unused whose flag was not set before", "    private String checked(", "    void sneak(Object resource) { unused.addFirst(resource); }\n    private String checked("),
                source("status", "an insert of", "    private String checked(", "    static class More extends StatusPool { More() { super(1); } void task(Object r) { unused.add(r); } }\n    private String checked("),
                source("deque", "a write of this.item = arg0", "    boolean offer(Object item) {", "    void sneak(Object item) { first = new Node(item, first); }\n    boolean offer(Object item) {"),
                source("links", "a write of this.attached = 1", "    void detach() {", "    void again() { attached = true; }\n    void detach() {"),
                source("hosts", "an insert of arg0 into asked.Hosts.lists", "    static Conn get(", "    static void sneak(Conn c) { lists.get(c.host()).add(c); }\n    static Conn get("),
                source("hosts", "given a collection that was made elsewhere", "    static Conn get(", "    static void sneak(List<Conn> l) { lists.put(\"x\", l); }\n    static Conn get("),
                source("active", "a removal of arg0 from asked.ActivePool.active whose flag was not set before", "    boolean release(", "    void drop(Active a) { active.remove(a); }\n    boolean release("),
                source("lambda", "an insert of arg0 into asked.LambdaPool.idle", "    boolean inUse(", "    void sneak(Slot s) { synchronized (lock) { idle.add(s); } }\n    boolean inUse("),
                source("lambda", "where the SET of asked.LambdaPool#insert", "            synchronized (lock) {\n                if (!idle", "            synchronized (this) {\n                if (!idle"),
                target("lambda", "a method that would return", "answer: arg0,", "answer: \"null\","),
                target("lambda", "'when: arg1 is not-null' where it is a boolean", "arg1: \"true\"", "arg1: not-null"),
                source("active", "emptied by clear", "    boolean release(", "    void close() { active.clear(); }\n    boolean release("));
    }

    @TestFactory Stream<DynamicTest> theCollectionStaysInView() {
        return Stream.of(
                source("status", "unused returned", "    private String checked(", "    Object list() { return unused; }\n    private String checked("),
                source("status", "unused passed to java.util.Collections.shuffle", "    private String checked(", "    void mix() { java.util.Collections.shuffle(unused); }\n    private String checked("),
                source("status", "unused stored elsewhere", "    private String checked(", "    Object copy; void keep() { copy = unused; }\n    private String checked("),
                source("status", "unused captured", "    private String checked(", "    Runnable later() { LinkedList<Object> l = unused; return () -> l.clear(); }\n    private String checked("),
                source("status", "used by listIterator", "    private String checked(", "    void edit(Object o) { unused.listIterator().add(o); }\n    private String checked("),
                source("status", "an insert of arg0", "    private String checked(", "    void either(Object o) { LinkedList<Object> l = o == null ? new LinkedList<>() : unused; l.add(o); }\n    private String checked("),
                source("status", "a collection that any class may use", "    LinkedList<Object> unused", "    protected LinkedList<Object> unused"),
                source("status", "a write of this.unused = arg0", "    private String checked(", "    void swap(LinkedList<Object> l) { unused = l; }\n    private String checked("),
                source("status", "a carrier with an equals or hashCode of its own", "class Resource {", "class Resource { public boolean equals(Object o) { return o != null; } public int hashCode() { return 1; }"));
    }

    /** Carriers of one class, in lists under different locks: only those that are asked matter, and which they are is certain. */
    @TestFactory Stream<DynamicTest> carriersOfOtherListsAreToldApart() {
        String attached = "a write of this.attached = 1";
        return Stream.of(
                source("family", attached, "            waiters.offer(waiter.waiting);", "            waiters.offer(members[0].ready);"),
                source("family", attached, "    private void queue() {", "    void sneak(Hook hook) { idle.offer(hook); }\n    private void queue() {"),
                source("family", attached, "    final Hook waiting;", "    Hook waiting;"),
                source("family", attached, "            Hook extra = new Hook(-2);", "            Hook extra = waiters.poll();"),
                source("family", attached, "            Hook extra = new Hook(-2);", "            Hook extra = members.length > 2 ? new Hook(-2) : members[0].ready;"),
                source("family", attached, "    final FamilyPool pool;", "    final FamilyPool pool;\n    final Hook second = new Hook(3);\n    static void both(Row row, Member member) { row.offer(member.second); }"),
                source("family", "a write of this.waiting = arg0", "    Waiter() {", "    Waiter(Hook hook) { waiting = hook; }\n    Waiter() {"),
                source("family", "a write of this.ready = arg1", "    Member(FamilyPool pool, int number) {", "    Member(FamilyPool pool, Hook hook) { this.pool = pool; this.ready = hook; }\n    Member(FamilyPool pool, int number) {"),
                source("family", "where asked.Hook.attached cannot be looked at", "final class Hook {", "class Hook {"),
                source("family", "where the SET of asked.FamilyPool#insert", "        synchronized (sync) {\n            if (members[n]", "        synchronized (other) {\n            if (members[n]"),
                target("family", attached, "on: FamilyPool.idle, carrier: passed0", "nth: 1, on: FamilyPool.idle, carrier: passed0, when: { arg0: \"0\" }"));
    }

    /** What may only happen if the woven class looks out for it itself. */
    @TestFactory Stream<DynamicTest> whatMayHappenLaterIsGuarded() {
        return Stream.of(
                target("active", "active returned", "hands-out: [ ActivePool#all ]", ""),
                target("active", "no such method", "hands-out: [ ActivePool#all ]", "hands-out: [ ActivePool#every ]"),
                source("active", "active returned", "    void end() {", "    Object alias() { return active; }\n    void end() {"),
                source("active", "active stored elsewhere", "    java.util.Collection<Active> all() {", "    Object kept; java.util.Collection<Active> all() { kept = active;"),
                target("active", "emptied by clear", "  - { method: ActivePool#end, at: before, call: \"java.util.HashSet#clear()\", on: ActivePool.active, carrier: each(Active) }", ""),
                source("active", "without lock 'pool'", "    void end() {\n        lock();", "    void end() {\n        if (all.length > 9)\n        lock();"),
                target("active", "'each' before a call that has arguments", "  - { method: ActivePool#end, at: before, call: \"java.util.HashSet#clear()\", on: ActivePool.active, carrier: each(Active) }",
                        "  - { method: ActivePool#release, at: before, call: \"java.util.HashSet#remove(java.lang.Object)\", on: ActivePool.active, carrier: each(Active) }"),
                source("active", "a method that may be overridden", "    void end() {", "    static class Other extends ActivePool { Other() { super(1); } protected void lock() { } }\n    void end() {"),
                source("active", "a condition", "    protected void unlock() {\n        lock.unlock();", "    protected void unlock() {\n        if (all.length > 0) {\n        lock.unlock(); }"));
    }

    @TestFactory Stream<DynamicTest> marksAreOrderedByTheLock() {
        return Stream.of(
                target("active", "a call of asked.ActivePool#release without lock 'pool'", "at: before, call: \"java.util.HashSet#remove(java.lang.Object)\", on: ActivePool.active, carrier: arg0", "at: entry, carrier: arg0"),
                target("active", "a call of asked.ActivePool#activate without lock 'pool'", "at: after, call: \"java.util.HashSet#add(java.lang.Object)\", on: ActivePool.active, carrier: passed0(Active)", "at: exit, carrier: returned"),
                source("links", "without lock 'pool'", "    public int take() {\n        synchronized (sync) {", "    public int take() {\n        synchronized (other) {"),
                source("deque", "a call of asked.OwnDeque#link without lock 'deque'", "    Object poll() {\n", "    void sneak(Object o) { link(o); }\n    Object poll() {\n"),
                source("deque", "a SET in a method that gives lock 'deque' up on the way", "        first = new Node(item, first);", "        lock.unlock();\n        lock.lock();\n        first = new Node(item, first);"));
    }

    /** The monitor that the weaver takes around SET and insert is the one that the insert takes. */
    @TestFactory Stream<DynamicTest> whatIsTakenAroundAnInsertIsItsOwnLock() {
        String list = "list = Collections.synchronizedList(new LinkedList<>());\n                    idle.put";
        return Stream.of(
                target("added", "code without lock 'list'", "at: before, call: \"java.util.List#add(java.lang.Object)\", on: Adding.idle, carrier: passed0(AddedConn), takes: list", "at: entry, carrier: arg0(AddedConn)"),
                source("added", "given a collection that Collections.synchronizedList or its like did not make there", list, "list = new LinkedList<>();\n                    idle.put"),
                source("added", "no call of java.util.List#add", "        list.add(conn);", "        (conn == null ? new LinkedList<Conn>() : list).add(conn);"),
                source("added", "given a collection that", list, "List<Conn> in = new LinkedList<>();\n                    list = Collections.synchronizedList(in);\n                    idle.put(\"in\", in);\n                    idle.put"),
                source("added", "given a collection that", "    static void holding(", "    static void sneak(List<Conn> l) { idle.put(\"x\", l); }\n    static void holding("),
                source("added", "an insert of arg0 into asked.Adding.idle", "    static void holding(", "    static void sneak(Conn c) { idle.get(c.host()).add(c); }\n    static void holding("),
                source("added", "under the monitor of what may be another one", "                Conn conn = list.remove(0);", "                Conn conn = idle.get(\"h0\").remove(0);"),
                source("added", "without lock 'list'", "        synchronized (list) {\n            while", "        synchronized (idle) {\n            while"),
                target("added", "around a call on asked.Adding.idle", "takes: list", "takes: map"),
                target("added", "another mark at the call", "takes: list }", "takes: list }, { method: Adding#release, at: before, call: \"java.util.List#add(java.lang.Object)\", on: Adding.idle, carrier: passed0(AddedConn), takes: list }"));
    }

    @TestFactory Stream<DynamicTest> clearsFollowTheUnlink() {
        return Stream.of(
                target("status", "that does not follow a call by which the same object left", "at: after, call: \"java.util.LinkedList#remove(int)\", on: StatusPool.unused, carrier: returned(Resource)",
                        "at: after, call: \"java.util.LinkedList#get(int)\", on: StatusPool.unused, carrier: returned(Resource)"),
                target("status", "that does not follow", "at: after, call: \"java.util.LinkedList#remove(int)\", on: StatusPool.unused, carrier: returned(Resource)", "at: exit, carrier: returned(Resource)"),
                target("hosts", "that does not follow", "{ method: Hosts#get, at: after, call: \"java.util.List#remove(int)\", on: Hosts.lists, carrier: returned(HostConn) }", "{ method: Hosts#release, at: after, call: \"java.util.List#add(java.lang.Object)\", on: Hosts.lists, carrier: passed0(HostConn) }"),
                target("active", "that does not follow an insert", "{ method: ActivePool#activate, at: after, call: \"java.util.HashSet#add(java.lang.Object)\", on: ActivePool.active, carrier: passed0(Active) }",
                        "{ method: ActivePool#activate, at: after, call: \"java.util.ArrayDeque#poll\", on: ActivePool.idle, carrier: returned(Active) }"),
                source("deque", "of another object than one whose asked.OwnDeque$Node.item was read and nulled", "        node.item = null;\n        first = node.next;", "        first = node.next;"),
                source("deque", "of another object than one", "        first = node.next;\n        return item;", "        first = new Node(item, node.next);\n        return item;"),
                target("links", "where asked.Link.attached cannot be looked at", "{ method: Link#detach, at: exit, carrier: this } ]\nanswer:\n  - { method: Info#isReady, carrier: this.ready, lock: pool, answer: \"false\", when-clear: [ { call: Link#isAttached,",
                        "{ method: LinkedPool#take, at: after, call: Chain#poll, carrier: returned } ]\nanswer:\n  - { method: Info#isReady, carrier: this.ready, lock: pool, answer: \"false\", when-clear: [ { field: Link.attached,"));
    }

    @TestFactory Stream<DynamicTest> theAnswerIsWhatTheBodyWouldSay() {
        return Stream.of(
                target("deque", "would return 0 with a clear flag", "answer: \"false\"", "answer: \"true\""),
                target("status", "which is told from '0'", "result: \"1\"", "result: \"0\""),
                source("status", "which is used for more than comparisons", "return statusInPool(resource) == 0 ? \"in\" : \"out\";", "return \"s\" + statusInPool(resource);"),
                source("status", "which is told from '1'", "statusInPool(resource) == 0 ?", "statusInPool(resource) == -1 ?"),
                target("links", "the answer 'nothing' where a boolean is returned", "answer: \"false\"", "answer: nothing"),
                source("links", "through a field that may change", "    final Link ready;", "    Link ready;"),
                source("deque", "a write of asked.OwnDeque.first", "        if (item == null) {\n            return false;", "        if (item == null) {\n            return false;\n        }\n        if (first == null) {\n            first = null;"),
                source("deque", "another monitor", "        if (item == null) {\n            return false;", "        synchronized (this) {\n        }\n        if (item == null) {\n            return false;"),
                source("deque", "a call of asked.OwnDeque.poll", "        if (item == null) {\n            return false;", "        poll();\n        if (item == null) {\n            return false;"),
                source("hosts", "on something that may be any collection", "        List<Conn> list = lists.get(\"h\"", "        if (((Map<?, ?>) (Object) conn).isEmpty()) {\n            return;\n        }\n        List<Conn> list = lists.get(\"h\""),
                target("hosts", "a call of asked.Conn.host", "pure: [ Conn#host ],", "pure: [ ],"),
                source("active", "a new java.lang.IllegalStateException", "            return active.contains(connection);", "            if (active.isEmpty()) {\n                throw new IllegalStateException();\n            }\n            return active.contains(connection);"));
    }

    /** What was marked at the entry is not what is inserted, though both are reached by the same path. */
    @TestFactory Stream<DynamicTest> theCarrierOfAMarkStaysTheSame() {
        return Stream.of(
                refilled("slot", "a write of arg0.slot", "class Held { Slot slot; }", "held.slot = slots[0]"),
                refilled("in.slot", "a write of arg0.in", "class In { final Slot slot; In(Slot slot) { this.slot = slot; } } class Held { In in; }", "held.in = new In(slots[0])"));
    }

    private static DynamicTest refilled(String path, String found, String types, String write) {
        return DynamicTest.dynamicTest("lambda: " + found, () -> {
            String pool = "class LambdaPool implements Shape {";
            Fixture fixture = compile(pool, types + " " + pool + " void fill(Held held) { synchronized (lock) { refill(held); } } private void refill(Held held) { "
                    + write + "; idle.add(held." + path + "); }");
            refused(Prover.prove(AskedPool.target("lambda", text -> text.replace("set: [ ",
                    "set: [ { method: LambdaPool#refill, at: entry, carrier: arg0." + path + " }, ")), fixture.source()), found);
        });
    }

    private static DynamicTest source(String pool, String found, String old, String with) {
        return DynamicTest.dynamicTest(pool + ": " + found, () -> {
            Fixture fixture = COMPILED.computeIfAbsent(old + "->" + with, key -> compile(old, with));
            refused(Prover.prove(AskedPool.target(pool, text -> text), fixture.source()), found);
        });
    }

    private static DynamicTest target(String pool, String found, String old, String with) {
        return DynamicTest.dynamicTest(pool + ": " + found, () -> {
            Fixture fixture = COMPILED.computeIfAbsent("", key -> compile("", ""));
            refused(Prover.prove(AskedPool.target(pool, text -> {
                assertTrue(text.contains(old), "the target no longer has: " + old);
                return text.replace(old, with);
            }), fixture.source()), found);
        });
    }

    private static void refused(Verdict verdict, String found) {
        List<String> sentences = new ArrayList<>();
        if (verdict instanceof Refused refused) {
            refused.refusals().forEach(refusal -> sentences.add(refusal.toString()));
        }
        assertTrue(sentences.stream().anyMatch(sentence -> sentence.contains(": found ") && sentence.contains(found)), () -> found + " is not in " + sentences);
    }

    private static Fixture compile(String old, String with) {
        int[] changed = new int[1];
        try {
            return Fixture.compile("asked", source -> {
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

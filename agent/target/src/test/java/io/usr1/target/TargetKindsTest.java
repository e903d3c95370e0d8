package io.usr1.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.target.CarrierPath.Root;
import io.usr1.target.CarrierPath.Step;
import io.usr1.target.WhenClear.Known;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target that bypasses answers and calls instead of regions, with every kind of lock, path and place. */
class TargetKindsTest {

    private static final String GOOD = """
            target: kinds
            package: p
            fingerprint: { "1.2": 0123456789abcdef }
            reads: [ Caller, q.Other ]
            carrier: { class: Link }
            ordered-by: list
            locks:
              list: { kind: monitor, object: Pool }
              all: { kind: monitor, class: Pool }
              stripes: { kind: reentrant, element-of: Pool.stripes }
              values: { kind: monitor, value-of: Pool.byHost }
              rw: { kind: read-write, field: Pool.rw }
              auto: { kind: own, object: Auto, acquire: Auto#lock, release: Auto#close }
            set:
              - { method: "Pool#release -> q.Executor#execute", at: before, call: "java.util.List#add(java.lang.Object)", on: Pool.idle, nth: 2, carrier: passed0(Link) }
            clear:
              - { method: Pool#poll, at: exit, carrier: returned, when: { returned: not-null } }
              - { method: Pool#poll, at: after, call: java.util.Deque#poll, carrier: returned.link }
            unlink:
              - { method: Pool#remove, at: entry, carrier: "this.links[arg1].link" }
            answer:
              - { method: Link#isReady, carrier: this, lock: list, answer: "arg0 != null", pure: [ Pool#size ],
                  when-clear: [ { call: "java.util.List#contains(java.lang.Object)", on: Pool.idle, is: "false" }, { field: Node.item, is: not-carrier } ] }
            skip:
              - { method: Pool#close, call: "Deque#remove(java.lang.Object)", carrier: arg0, result: "false", when: { arg1: "true" } }
            listed: { call: Link#isListed, is: "true" }
            stolen: { field: Link.pool, is: "null" }
            """;

    @Test void readsEveryKey() throws TargetException {
        Target target = TargetReader.read("kinds.yaml", GOOD);

        assertEquals(Map.of("1.2", "0123456789abcdef"), target.fingerprints());
        assertEquals(List.of("p.Caller", "q.Other"), target.reads());
        assertNull(target.ownership());
        assertEquals("list", target.orderedBy());
        assertEquals(List.of("an object of p.Pool", "p.Pool.class", "an element of p.Pool.stripes", "a value of p.Pool.byHost", "p.Pool.rw",
                "an object of p.Auto"), target.locks().stream().map(lock -> lock.place().toString()).toList());
        assertEquals(LockSpec.Kind.READ_WRITE, target.lock("rw").kind());
        MarkSpec set = target.sets().get(0);
        assertEquals("p.Pool#release -> q.Executor#execute", set.method().toString());
        assertEquals(new CallSite(new MethodRef("java.util.List", "add", List.of("java.lang.Object")), new FieldRef("p.Pool", "idle"), 2), set.call());
        assertEquals(new CarrierPath(Root.PASSED, 0, List.of(new Step.Cast("p.Link"))), set.carrier());
        assertEquals(new Condition(Root.RETURNED, 0, Known.NOT_NULL), target.clears().get(0).when());
        assertEquals("returned.link", target.clears().get(1).carrier().toString());
        assertEquals("this.links[arg1].link", target.unlinks().get(0).carrier().toString());
        AnswerSpec answer = (AnswerSpec) target.bypasses().get(0);
        assertEquals(new Answer.ArgumentNotNull(0), answer.answer());
        assertEquals(List.of("java.util.List#contains(java.lang.Object) on p.Pool.idle is false", "p.Node.item is not-carrier"),
                answer.whenClear().stream().map(WhenClear::toString).toList());
        SkipSpec skip = (SkipSpec) target.bypasses().get(1);
        assertEquals(new Answer.Constant(0), skip.result());
        assertEquals(new Condition(Root.ARGUMENT, 1, Known.TRUE), skip.when());
        assertNull(skip.lock());
        assertEquals("p.Link#isListed is true", target.listed().toString());
        assertEquals("p.Link.pool is null", target.stolen().toString());
    }

    /** Part of the good file is replaced; the message says what was expected. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "0123456789abcdef                        | latest                       | the fingerprint of version '1.2' is 'latest'; expected 16 to 64 hexadecimal digits",
        "ordered-by: list                        | description: x               | has an 'answer' or 'skip' but no 'ordered-by'",
        "ordered-by: list                        | ordered-by: lst              | 'lst'; expected all or auto or list",
        "{ kind: monitor, object: Pool }         | { kind: monitor }            | a lock has nothing to say which object it is; expected one of field, element-of, value-of, object, class",
        "{ kind: monitor, object: Pool }         | { kind: monitor, object: Pool, field: Pool.x } | a lock has field and object to say which object",
        "{ kind: monitor, class: Pool }          | { kind: lock, class: Pool }  | a class object is no lock lock; expected 'kind: monitor'",
        "nth: 2                                  | nth: 0                       | 'nth' is '0'; expected 1, 2, ...",
        "at: before, call                        | at: entry, call              | 'call' goes with 'at: before' or 'at: after' only; found 'at: entry'",
        "carrier: passed0(Link)                  | carrier: returned            | 'returned' is not there at 'before'",
        "at: exit, carrier: returned             | at: entry, carrier: arg0     | nothing is returned at 'entry'",
        "carrier: passed0(Link)                  | carrier: passed0(Link), takes: lst | 'lst'; expected all or auto or list",
        "carrier: passed0(Link)                  | carrier: arg0, takes: list | 'takes' goes with a 'set', 'at: before' a call, with 'on'",
        "carrier: passed0(Link)                  | carrier: passed0(Link), takes: list, when: { arg0: not-null } | and without 'when'",
        "at: exit, carrier: returned             | at: exit, takes: list, carrier: returned | 'takes' goes with a 'set'",
        "when: { returned: not-null }            | when: { arg0: not-null, returned: not-null } | 'when' has 2 conditions; expected one",
        "when: { returned: not-null }            | when: { this: not-null }     | 'this' cannot be looked at; expected arg0, arg1, ... or returned",
        "this.links[arg1].link                   | this.links[1]                | is no way to a carrier",
        "{ method: Link#isReady, carrier: this   | { method: Link#isReady, carrier: returned | 'returned' is not there when the method starts",
        "when: { arg1: \"true\" }                | when: { returned: \"true\" } | nothing is returned before the bypass",
        "answer: \"arg0 != null\"                | answer: maybe                | 'answer' is 'maybe'; expected true, false, null, a number",
        "on: Pool.idle, is: \"false\"            | is: not-carrier              | 'not-carrier' is said of a field that links",
        "listed: { call: Link#isListed, is: \"true\" } | listed: { field: Link.x, is: not-carrier } | 'not-carrier' is no state of one connection"})
    void refusesWithOneSentence(String part, String replacement, String expected) {
        String bad = GOOD.replace(part, replacement);
        assertTrue(!bad.equals(GOOD), "the part to replace is in the good file");
        String message = assertThrows(TargetException.class, () -> TargetReader.read("kinds.yaml", bad)).getMessage();
        assertTrue(message.contains(expected), message);
        assertTrue(message.matches("(?s)kinds.yaml:\\d+:\\d+: .*"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "replaces-carrier: { carrier-field: A.b, context-field: A.c, takeover: A#d }, exclusive: { callers: [] } | 'ownership' has 2 kinds",
        "exclusive: { callers: [] }                                                 | 'exclusive' lists no caller",
        "exclusive: { callers: [ { method: A#b } ] }                                | has no 'because'",
        "moves-owner: { owner-field: A.b, takeover: [ A#c ], lock: none }           | 'none'; expected"})
    void refusesAnOwnership(String ownership, String expected) {
        String bad = GOOD.replace("ordered-by: list\n", "ordered-by: list\nownership: { " + ownership + " }\n");
        String message = assertThrows(TargetException.class, () -> TargetReader.read("kinds.yaml", bad)).getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test void readsTheOtherOwnerships() throws TargetException {
        Target moves = TargetReader.read("kinds.yaml", GOOD.replace("ordered-by: list\n",
                "ordered-by: list\nownership: { moves-owner: { owner-field: Link.thread, owner-call: Link#mine, takeover: [ Pool#take ], lock: list } }\n"));
        assertEquals(new Ownership.MovesOwner(new FieldRef("p.Link", "thread"), new MethodRef("p.Link", "mine", null),
                List.of(new MethodRef("p.Pool", "take", null)), "list"), moves.ownership());
        Target exclusive = TargetReader.read("kinds.yaml", GOOD.replace("ordered-by: list\n",
                "ordered-by: list\nownership: { exclusive: { callers: [ { method: Loop#run, because: one loop a connection } ] } }\n"));
        assertEquals(new Ownership.Exclusive(List.of(new Ownership.Caller(new MethodRef("p.Loop", "run", null), "one loop a connection"))),
                exclusive.ownership());
    }
}

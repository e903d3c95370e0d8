package io.usr1.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetReaderTest {

    private static final String GOOD = """
            target: mini
            description: a small pool
            package: org.example
            carrier: { class: Tasklet, new: not-idle }
            ownership:
              replaces-carrier:
                carrier-field: Connection.tasklet
                context-field: Tasklet.context
                takeover: Pool#takeover(Connection, int)
            locks:
              main: { kind: reentrant, field: Pool.lock }
              spin: { kind: own, field: Pool.spin, acquire: Spin#lock(), release: Spin#unlock(), attempt: Spin#tryLock }
            set:
              - { method: Pool#insert, at: entry, carrier: arg0.tasklet }
            clear:
              - { method: "Connection#attach()", at: exit, carrier: this.tasklet }
            region:
              - method: Wake#wake(Tasklet)
                carrier: arg0
                lock: main
                when-clear:
                  - { field: Tasklet.context, is: not-null }
                  - { call: Connection#isListed(), is: "false" }
                omit: [ "Counters#locked(long, boolean)" ]
                may-call: [ java.lang.Object#hashCode() ]
            observe:
              - { role: get, method: Pool#get, lock: main }
            """;

    @Test void readsEveryKey() throws TargetException {
        Target target = TargetReader.read("mini.yaml", GOOD);

        assertEquals("mini", target.name());
        assertEquals("a small pool", target.description());
        assertEquals(new CarrierSpec("org.example.Tasklet", true), target.carrier());
        assertEquals(new Ownership.ReplacesCarrier(new FieldRef("org.example.Connection", "tasklet"),
                new FieldRef("org.example.Tasklet", "context"),
                new MethodRef("org.example.Pool", "takeover", List.of("org.example.Connection", "int"))), target.ownership());
        assertEquals(LockSpec.Kind.REENTRANT, target.lock("main").kind());
        assertEquals(new MethodRef("org.example.Spin", "tryLock", null), target.lock("spin").attempt());
        assertEquals(List.of(new MarkSpec(new MethodRef("org.example.Pool", "insert", null), MarkSpec.At.ENTRY, null,
                new CarrierPath(CarrierPath.Root.ARGUMENT, 0, List.of(new CarrierPath.Step.Field("tasklet"))), null, null)), target.sets());
        assertEquals(new CarrierPath(CarrierPath.Root.THIS, 0, List.of(new CarrierPath.Step.Field("tasklet"))), target.clears().get(0).carrier());
        RegionSpec region = target.regions().get(0);
        assertEquals("wake", region.role());
        assertEquals(List.of(new WhenClear.FieldRead(new FieldRef("org.example.Tasklet", "context"), WhenClear.Known.NOT_NULL),
                new WhenClear.Call(new MethodRef("org.example.Connection", "isListed", List.of()), WhenClear.Known.FALSE)), region.whenClear());
        assertEquals("org.example.Counters#locked(long, boolean)", region.omitted().get(0).toString());
        assertEquals("java.lang.Object", region.allowedCalls().get(0).owner());
        assertEquals(Set.of("org.example.Tasklet", "org.example.Pool", "org.example.Connection", "org.example.Wake"), target.wovenClasses());
        assertEquals("mini.yaml:1:1", target.source().toString());
    }

    /** One line of the good file is replaced; the message names the place and says what was expected. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "target: mini                    | target: 'a b'                    | mini.yaml:1:9: 'a b' cannot name a target; expected letters",
        "description: a small pool       | descripton: x                    | mini.yaml:2:1: the target has no key 'descripton'; it may have answer, carrier, carriers, clear, .*did you mean 'description'",
        "carrier: { class: Tasklet, new: not-idle } | carrier: { class: Tasklet, new: idle } | mini.yaml:4:33: 'new' of 'carrier' is 'idle'; expected not-idle or unknown",
        "carrier: { class: Tasklet, new: not-idle } | carrier: Tasklet      | mini.yaml:4:10: 'carrier' is one word; expected a mapping of class, new",
        "carrier: { class: Tasklet, new: not-idle } | carrier: { class: 1x } | mini.yaml:4:19: '1x' is no class name",
        "    carrier-field: Connection.tasklet | |                              mini.yaml:8:5: 'replaces-carrier' has no 'carrier-field'; add it",
        "    carrier-field: Connection.tasklet | carrier-field: tasklet   | mini.yaml:7:20: 'tasklet' is no field; expected Class.field",
        "  main: { kind: reentrant, field: Pool.lock } | main: { kind: rentrant, field: Pool.lock } | mini.yaml:11:17: 'kind' of 'main' is 'rentrant'; expected lock or monitor or own or read-write or reentrant or stamped; did you mean 'reentrant'",
        "  main: { kind: reentrant, field: Pool.lock } | main: { kind: monitor, field: Pool.lock, acquire: A#b } | 'acquire' is only for 'kind: own'",
        "  - { method: Pool#insert, at: entry, carrier: arg0.tasklet } | - { method: Pool#insert, at: exit, carrier: arg0.tasklet } | mini.yaml:14:32: a carrier is set at 'exit'; expected 'entry'",
        "  - { method: Pool#insert, at: entry, carrier: arg0.tasklet } | - { method: Pool#insert, at: entry, carrier: tasklet } | 'tasklet' is no way to a carrier",
        "  - { method: Pool#insert, at: entry, carrier: arg0.tasklet } | - { method: Pool.insert, at: entry, carrier: arg0 } | 'Pool.insert' is no method; expected Class#name",
        "  - { role: get, method: Pool#get, lock: main } | - { role: get, method: Pool#get, lock: mian } | 'lock' of an entry of 'observe' is 'mian'; expected main or spin; did you mean 'main'",
        "  - { role: get, method: Pool#get, lock: main } | - get                     | an entry of 'observe' is one word; expected a mapping",
        "      - { field: Tasklet.context, is: not-null } | - { is: not-null }      | this needs either 'field' or 'call'; found neither",
        "      - { field: Tasklet.context, is: not-null } | - { field: Tasklet.context, is: maybe } | expected 0 or false or not-carrier or not-null or null or true",
        "    omit: [ \"Counters#locked(long, boolean)\" ] | omit: Counters#locked       | 'omit' of an entry of 'region' is one word; expected a list",
        "    lock: main                  | lock: main\\n    lock: spin             | has the key 'lock' twice",
        "package: org.example            | package: [                        | this is not YAML"})
    void refusesWithOneSentence(String line, String replacement, String expected) {
        String bad = GOOD.replace(line.strip() + "\n", replacement == null ? "\n" : replacement.replace("\\n", "\n") + "\n");
        assertTrue(!bad.equals(GOOD), "the line to replace is in the good file");
        String message = assertThrows(TargetException.class, () -> TargetReader.read("mini.yaml", bad)).getMessage();
        assertTrue(message.matches("(?s).*" + expected.strip().replaceAll("([\\[\\](){}?])", "\\\\$1") + ".*"), message);
    }

    @Test void refusesAnEmptyFile() {
        assertEquals("mini.yaml: the file is empty; expected a target",
                assertThrows(TargetException.class, () -> TargetReader.read("mini.yaml", "")).getMessage());
    }

    @Test void refusesABypassThatNothingMarks() {
        String bad = GOOD.replaceAll("(?s)set:.*?clear:", "clear:");
        assertTrue(assertThrows(TargetException.class, () -> TargetReader.read("mini.yaml", bad)).getMessage()
                .contains("has no 'set'"));
    }

    @Test void nearestNameIsFoundOrNot() {
        assertEquals("region", Nearest.to("regoin", List.of("region", "set")).orElseThrow());
        assertTrue(Nearest.to("banana", List.of("region", "set")).isEmpty());
    }
}

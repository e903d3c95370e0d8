package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import io.usr1.target.TargetReader;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LockFlow;
import io.usr1.weaver.code.LockOps;
import io.usr1.weaver.code.MethodCode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Where a lock is held, and what that is good for. */
class LocksHeldTest {

    private static Fixture fixture;

    @BeforeAll static void compile() throws Exception {
        fixture = Fixture.compile("corpus", source -> source);
    }

    /** Where the shape asks whether the connection is listed: in the region of the lock, and ordered by it or not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ReadWrites | reads           | { kind: read-write, field: ReadWrites.rw }     | false",
        "ReadWrites | writes          | { kind: read-write, field: ReadWrites.rw }     | true",
        "ReadWrites | readField       | { kind: lock, field: ReadWrites.read }         | false",
        "ReadWrites | writeField      | { kind: lock, field: ReadWrites.write }        | true",
        "ReadWrites | plainLock       | { kind: lock, field: ReadWrites.plain }        | true",
        "ReadWrites | stampedField    | { kind: lock, field: ReadWrites.stampedWrite } | true",
        "ReadWrites | foreignLock     | { kind: lock, field: ReadWrites.foreign }      | false",
        "Stamps     | reads           | { kind: stamped, field: Stamps.lock }          | false",
        "Stamps     | writes          | { kind: stamped, field: Stamps.lock }          | true",
        "Monitors   | wholeMethod     | { kind: monitor, object: Monitors }            | true",
        "Monitors   | wholeStatic     | { kind: monitor, class: Monitors }             | true",
        "Owns       | wrapper         | { kind: own, object: Owns, acquire: Owns#enter, release: Owns#leave } | true"})
    void aReadLockOrdersNothing(String family, String shape, String lock, boolean ordered) throws Exception {
        Target target = TargetReader.read("held.yaml", "target: held\npackage: corpus\ncarrier: { class: Handle }\nlocks: { it: %s }\nobserve: []\n".formatted(lock));
        Classes classes = new Classes(fixture.classes()::get);
        ClassNode type = classes.find("corpus/" + family).orElseThrow();
        MethodNode method = type.methods.stream().filter(node -> node.name.equals(shape)).findFirst().orElseThrow();
        MethodCode code = MethodCode.of(classes, type, method);
        LockFlow flow = new LockFlow(code, LockOps.find(code, target.lock("it"), classes).ops());
        assertEquals(List.of(), flow.faults());
        int asked = 0;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && call.name.equals("isListed")) {
                asked++;
                assertTrue(flow.heldBy(code.index(insn), flow.acquires().get(0)));
                assertEquals(ordered, flow.held(code.index(insn)));
            }
        }
        assertTrue(asked > 0);
    }

    /** The method is split to be timed; its mark must stay where the monitor is held. */
    @Test void aMarkInASynchronizedMethodStaysInside() throws Exception {
        Target target = TargetReader.read("marked.yaml", """
                target: marked
                package: corpus
                carrier: { class: Handle, new: not-idle }
                ownership: { replaces-carrier: { carrier-field: Conn.handle, context-field: Handle.context, takeover: Base#takeover } }
                locks:
                  guard: { kind: reentrant, field: Base.guard }
                  it: { kind: monitor, object: Marked }
                set: [ { method: Base#insert, at: entry, carrier: arg0.handle }, { method: Marked#put, at: entry, carrier: arg0.handle } ]
                observe: [ { role: insert, method: Marked#put, lock: it } ]
                """);
        Verdict verdict = Prover.prove(target, fixture.source());
        Plan plan = verdict instanceof Plan proved ? proved : fail(verdict.toString());
        Gate gate = Gates.create("marked", "test", Mode.BYPASS);
        List<String> marked = new ArrayList<>();
        for (MethodNode method : Classes.parse(plan.weave("corpus.Marked", fixture.bytes("corpus.Marked"), gate.number())).methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof MethodInsnNode call && call.owner.equals("io/usr1/runtime/Marks")) {
                    marked.add(method.name + (Modifier.isSynchronized(method.access) ? " synchronized" : ""));
                }
            }
        }
        assertEquals(List.of("put$usr1locked synchronized"), marked);
    }
}

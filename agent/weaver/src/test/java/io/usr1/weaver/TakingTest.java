package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A SET and its insert inside the monitor that the insert takes: no CLEAR gets between them, and it is always given back. */
class TakingTest {

    private static Fixture fixture;

    @BeforeAll static void compile() throws Exception {
        fixture = Fixture.compile("asked", source -> source);
    }

    @ParameterizedTest
    @ValueSource(ints = {46, 49, 50, 51, 61})
    void noClearComesBetweenSetAndInsert(int version) throws Exception {
        Pool pool = new Pool(OldClassFile.lower(fixture.classes(), version), false);
        pool.releaseWhileItIsTaken();
        assertEquals(Flag.SET, pool.flag(), "listed");
        pool.call("forget", pool.conn);
        assertFalse(pool.listed(), "forgotten under the lock");
    }

    /** That the test above can fail: the SET a moment too early, as it would be without the monitor around it. */
    @Test void aSetOutsideTheMonitorIsOvertaken() throws Exception {
        Pool pool = new Pool(fixture.classes(), true);
        pool.releaseWhileItIsTaken();
        assertEquals(Flag.CLEAR, pool.flag(), "listed");
        pool.call("forget", pool.conn);
        assertTrue(pool.listed(), "not forgotten, because the flag said that it is not listed");
    }

    @Test void anInsertThatFailsGivesTheMonitorBackAndLeavesSet() throws Exception {
        // A list that throws, below the one that locks: in the fixture only, so that nothing else has to run out of memory.
        Fixture failing = Fixture.compile("asked", source -> source.replace("Collections.synchronizedList(new LinkedList<>())",
                "Collections.synchronizedList(new LinkedList<>() { @Override public boolean add(Conn c) { throw new IllegalStateException(\"full\"); } })"));
        Pool pool = new Pool(failing.classes(), fixture.classes(), false);
        for (int i = 0; i < 2; i++) {
            Throwable thrown = assertThrows(AssertionError.class, () -> pool.call("release", pool.conn)).getCause();
            assertEquals("full", thrown.getMessage());
        }
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> holds = other.submit(() -> pool.call("holding", "h0", (Runnable) () -> { }));
            holds.get(1, TimeUnit.MINUTES);
        } finally {
            other.shutdownNow();
        }
        assertEquals(Flag.SET, pool.flag());
    }

    @Test void aListOfAnotherClassIsRefusedWhereverItIsMade() throws Exception {
        Fixture later = Fixture.compile("asked", source -> source.replace("static void holding(", "static class Late { static void put() { idle.put(\"late\", new LinkedList<>()); } }\n    static void holding("));
        Plan plan = (Plan) Prover.prove(AskedPool.target("added", text -> text), fixture.source());
        String late = "asked.Adding$Late";
        assertTrue(plan.guards(late));
        assertTrue(plan.inspect(late, later.bytes(late)).isPresent());
    }

    /** A list in a field of its own, instead of one in a map. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Collections.synchronizedList(new LinkedList<>())         | ",
        "new LinkedList<>()                                       | expected a new collection of Collections.synchronizedList and its like",
        "new java.util.Vector<>()                                 | expected a new collection of Collections.synchronizedList and its like"})
    void oneListInAField(String made, String refused) throws Exception {
        String field = "private final List<Conn> idle = ";
        Fixture changed = Fixture.compile("asked", source -> source.replace(field + "Collections.synchronizedList(new LinkedList<>())", field + made));
        Verdict verdict = Prover.prove(AskedPool.target("added", text -> text.replace("Adding", "Single").replace("value-of", "field").replace(", pure: [ Conn#host ]", "")), changed.source());
        assertEquals(refused == null, verdict instanceof Plan, () -> verdict instanceof Refused no ? no.refusals().toString() : "proved");
        assertTrue(refused == null || ((Refused) verdict).refusals().stream().anyMatch(refusal -> refusal.toString().contains(refused)));
    }

    /** The connection number 0 of the pool, and the list that it is in when it is idle. */
    private static final class Pool {

        final Object conn;
        private final Class<?> adding;

        Pool(Map<String, byte[]> classes, boolean tooEarly) throws Exception {
            this(classes, classes, tooEarly);
        }

        /** @param proved the classes as the proof sees them */
        Pool(Map<String, byte[]> classes, Map<String, byte[]> proved, boolean tooEarly) throws Exception {
            Plan plan = (Plan) Prover.prove(AskedPool.target("added", text -> text), proved::get);
            Gate gate = Gates.create("added", "test", Mode.BYPASS);
            plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
            Map<String, byte[]> woven = new TreeMap<>(classes);
            plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, classes.get(name), gate.number())));
            if (tooEarly) {
                woven.computeIfPresent("asked.Adding", (name, bytes) -> setBeforeMonitor(bytes));
            }
            ClassLoader loader = fixture.loader(woven);
            adding = loader.loadClass("asked.Adding");
            var constructor = loader.loadClass("asked.AddedConn").getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            conn = constructor.newInstance(0);
        }

        /** Listed, and released once more; while that waits for the list another thread takes it. Listed again at the end. */
        void releaseWhileItIsTaken() throws Exception {
            call("release", conn);
            AtomicReference<Thread> releasing = new AtomicReference<>();
            call("holding", "h0", (Runnable) () -> {
                Thread thread = new Thread(() -> call("release", conn));
                releasing.set(thread);
                thread.start();
                while (thread.getState() != Thread.State.BLOCKED) {
                    assertTrue(thread.isAlive());
                    Thread.onSpinWait();
                }
                assertEquals(conn, call("take", "h0"));
            });
            releasing.get().join();
            assertTrue(listed());
        }

        int flag() {
            return ((Carrier) conn).usr1$flag();
        }

        boolean listed() throws Exception {
            return (Boolean) call("has", conn);
        }

        Object call(String name, Object... arguments) {
            try {
                for (Method method : adding.getDeclaredMethods()) {
                    if (method.getName().equals(name)) {
                        method.setAccessible(true);
                        return method.invoke(null, arguments);
                    }
                }
                throw new IllegalArgumentException(name);
            } catch (InvocationTargetException thrown) {
                throw new AssertionError(thrown.getCause());
            } catch (IllegalAccessException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private static byte[] setBeforeMonitor(byte[] bytes) {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            MethodNode taking = type.methods.stream().filter(method -> method.name.startsWith("usr1$taking")).findFirst().orElseThrow();
            AbstractInsnNode enter = null;
            AbstractInsnNode set = null;
            for (AbstractInsnNode insn : taking.instructions) {
                enter = insn.getOpcode() == Opcodes.MONITORENTER ? insn : enter;
                set = set == null && insn.getOpcode() == Opcodes.INVOKESTATIC && ((MethodInsnNode) insn).name.equals("set") ? insn : set;
            }
            AbstractInsnNode load = enter.getPrevious();
            taking.instructions.remove(load);
            taking.instructions.remove(enter);
            taking.instructions.insert(set, enter);
            taking.instructions.insert(set, load);
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            type.accept(writer);
            return writer.toByteArray();
        }
    }
}

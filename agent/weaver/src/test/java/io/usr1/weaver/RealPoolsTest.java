package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets for released libraries, as their jars are: proved, woven and run, or refused for a reason that holds. */
class RealPoolsTest {

    /** The locked and the woven pool come to the same end, bypasses happen, and audit finds nothing under the lock. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "commons-pool2 | org.apache.commons.pool2. | CommonsPoolRun | active 0, idle at most one true, all destroyed true",
        "c3p0          | com.mchange.v2.           | C3p0Run        | busy 0"})
    void runsWoven(String draft, String prefix, String run, String end) throws Exception {
        assertEquals(end, run(run, prefix, null, null));
        Plan plan = assertInstanceOf(Plan.class, prove(draft), () -> String.valueOf(((Refused) prove(draft)).refusals()));
        Gate bypassing = gate(draft, plan, Mode.BYPASS);
        assertEquals(end, run(run, prefix, plan, bypassing));
        assertEquals("open", bypassing.state(), String.valueOf(bypassing.shutReason()));
        assertTrue(bypassing.sites().stream().mapToLong(site -> site.bypassedCount()).sum() > 1000, "nothing was bypassed");
        Gate audited = gate(draft, plan, Mode.AUDIT);
        assertEquals(end, run(run, prefix, plan, audited));
        assertEquals(0, audited.violations());
    }

    /** Its insert locks inside the JDK: proved with the list's own monitor around the SET, and refused with a SET before it. */
    @Test void synapseInsertsInsideTheListsMonitor() {
        assertInstanceOf(Plan.class, prove("synapse-nhttp", text -> text), () -> String.valueOf(((Refused) prove("synapse-nhttp")).refusals()));
        Verdict outside = prove("synapse-nhttp", text -> text.replaceAll("at: before, call: \"java.util.List#add[^}]*", "at: entry, carrier: arg0(org.apache.synapse.transport.utils.conn.SynapseNHttpClientConnection) "));
        List<String> sentences = ((Refused) outside).refusals().stream().map(Refusal::toString).toList();
        assertTrue(sentences.stream().anyMatch(sentence -> sentence.contains("code without lock 'list'")), sentences.toString());
    }

    private static Verdict prove(String name) {
        return prove(name, text -> text);
    }

    private static Verdict prove(String name, UnaryOperator<String> change) {
        return Prover.prove(AskedPool.read("/io/usr1/target/builtin/" + name + ".yaml", change), RealPoolsTest::bytes);
    }

    private static Gate gate(String draft, Plan plan, Mode mode) {
        Gate gate = Gates.create(draft, "test", mode);
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        return gate;
    }

    private static String run(String run, String prefix, Plan plan, Gate gate) throws Exception {
        ClassLoader loader = new ClassLoader(RealPoolsTest.class.getClassLoader()) {
            @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> known = findLoadedClass(name);
                    byte[] bytes = known == null && (name.startsWith(prefix) || name.startsWith("io.usr1.weaver.real.")) ? bytes(name) : null;
                    if (known != null || bytes == null) {
                        return known == null ? super.loadClass(name, resolve) : known;
                    }
                    if (plan != null && plan.guards(name)) {
                        plan.inspect(name, bytes).ifPresent(refusal -> gate.shut(refusal.toString()));
                    }
                    byte[] woven = plan != null && plan.classes().contains(name) ? Verified.weave(plan, name, bytes, gate.number()) : bytes;
                    return defineClass(name, woven, 0, woven.length);
                }
            }
        };
        return (String) ((Callable<?>) loader.loadClass("io.usr1.weaver.real." + run).getConstructor().newInstance()).call();
    }

    private static byte[] bytes(String name) {
        try (InputStream in = RealPoolsTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

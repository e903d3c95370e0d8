package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.testing.Jdks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** Fifteen shapes of a lock region, compiled by each JDK found: bypassed without any difference to be seen, or refused. */
class ShapesTest {

    private static final Map<Integer, Fixture> COMPILED = new HashMap<>();

    static Stream<Jdks.Jdk> jdks() {
        return Jdks.stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void provedShapesDoTheSame(Jdks.Jdk javac) throws Exception {
        Fixture fixture = compiled(javac);
        for (char shape : ShapeTarget.BYPASSED.toCharArray()) {
            String original = ShapeMain.run(fixture.loader(Map.of()), shape);
            Gate gate = Gates.create("shapes", "test", Mode.BYPASS);
            Map<String, byte[]> woven = weave(fixture, shape, gate);
            woven.forEach((name, bytes) -> verify(fixture, woven, bytes));
            assertEquals(original, ShapeMain.run(fixture.loader(woven), shape), "shape " + shape);
            assertEquals("open", gate.state());
            assertTrue(gate.site(0).bypassedCount() >= 18, "shape " + shape + " bypassed " + gate.site(0).bypassedCount());
            assertTrue(gate.site(0).acquiredCount() >= 18, "shape " + shape + " locked " + gate.site(0).acquiredCount());
            if (shape == 'b') {
                assertTrue(gate.site(1).acquiredCount() > gate.site(0).acquiredCount(), "the second region stays locked in both bodies");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void otherShapesAreRefused(Jdks.Jdk javac) throws Exception {
        Fixture fixture = compiled(javac);
        Map<Character, String> reasons = Map.of('f', "a release that can be reached without holding the lock", 'g', "a return while the lock is still held",
                'h', "the lock taken while it is already held", 'i', "a return while the lock is still held", 'l', "a lock operation on one of several objects",
                'm', "a call of java.util.concurrent.locks.ReentrantLock.lock in the region", 'o', "an exception that may leave the method while the lock is held",
                'n', "a use of lock 'monitor' other than");
        reasons.forEach((shape, reason) -> {
            Verdict verdict = Prover.prove(ShapeTarget.of(shape), fixture.source());
            List<Refusal> refusals = verdict instanceof Refused refused ? refused.refusals() : fail("shape " + shape + " was not refused");
            assertTrue(refusals.stream().anyMatch(refusal -> refusal.found().startsWith(reason) && refusal.line() > 0
                    && refusal.where().equals("shapes.Shapes#" + shape)), refusals.toString());
        });
    }

    /** All shapes of each javac, run by each JDK with every class verified, in a JVM of their own. */
    @ParameterizedTest
    @MethodSource("jdks")
    void everyJdkVerifiesAndRunsThem(Jdks.Jdk java) throws Exception {
        for (Jdks.Jdk javac : Jdks.all()) {
            Fixture fixture = compiled(javac);
            Path folder = Files.createTempDirectory("shapes");
            Path log = folder.resolve("log");
            try {
                for (Map.Entry<String, byte[]> type : fixture.classes().entrySet()) {
                    Files.write(folder.resolve(type.getKey()), type.getValue());
                }
                Process process = new ProcessBuilder(java.java(), "-Xverify:all", "-cp",
                        System.getProperty("java.class.path"), ShapeMain.class.getName(), folder.toString())
                        .redirectErrorStream(true).redirectOutput(log.toFile()).start();
                boolean ended = process.waitFor(2, TimeUnit.MINUTES);
                process.destroyForcibly();
                assertTrue(ended && process.exitValue() == 0, () -> read(log));
                assertTrue(read(log).contains("same: " + ShapeTarget.BYPASSED), () -> read(log));
            } finally {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        }
    }

    /** Once for each compiler: a forked javac costs more than all that is done with its classes. */
    private static Fixture compiled(Jdks.Jdk javac) {
        return COMPILED.computeIfAbsent(javac.feature(), first -> {
            try {
                return Fixture.compile(javac, "shapes", source -> source);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static Map<String, byte[]> weave(Fixture fixture, char shape, Gate gate) {
        Verdict verdict = Prover.prove(ShapeTarget.of(shape), fixture.source());
        Plan plan = verdict instanceof Plan proved ? proved : fail("shape " + shape + ": " + ((Refused) verdict).refusals());
        plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
        Map<String, byte[]> woven = new HashMap<>();
        plan.classes().forEach(name -> woven.put(name, Verified.weave(plan, name, fixture.bytes(name), gate.number())));
        return woven;
    }

    private static void verify(Fixture fixture, Map<String, byte[]> woven, byte[] bytes) {
        StringWriter faults = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(bytes), fixture.loader(woven), false, new PrintWriter(faults));
        assertEquals("", faults.toString());
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

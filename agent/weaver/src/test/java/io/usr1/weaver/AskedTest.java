package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.usr1.runtime.Carrier;
import io.usr1.runtime.Flag;
import io.usr1.runtime.Mode;
import io.usr1.testing.Jdks;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eight pools that are asked by any thread, woven: an answer without the lock is the answer that the lock would have given. */
class AskedTest {

    private static Fixture fixture;

    @BeforeAll static void compile() throws Exception {
        fixture = Fixture.compile("asked", source -> source);
    }

    static List<String> names() {
        return AskedPool.NAMES;
    }

    static Stream<Jdks.Jdk> jdks() {
        return Jdks.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void oneThreadSeesNoDifference(String name) throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            AskedPool pool = new AskedPool(fixture.classes(), name, Mode.BYPASS);
            assertEquals(AskedPool.run(AskedPool.shape(fixture.classes(), name), seed, 500), AskedPool.run(pool.shape(), seed, 500), "seed " + seed);
            assertEquals("open", pool.gate.state(), String.valueOf(pool.gate.shutReason()));
            assertTrue(pool.bypassed() > 20, "bypassed " + pool.bypassed());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void underTheLockTheFlagIsNeverStale(String name) throws Exception {
        AskedPool pool = new AskedPool(fixture.classes(), name, Mode.AUDIT);
        AskedPool.stress(pool.shape(), 4, 20_000);
        assertEquals(0, pool.gate.violations());
        assertEquals(0, pool.bypassed());
    }

    @Test void auditSeesAStaleFlag() throws Exception {
        AskedPool pool = new AskedPool(fixture.classes(), "deque", Mode.AUDIT);
        var all = pool.shape().getClass().getDeclaredField("all");
        all.setAccessible(true);
        AskedPool.run(pool.shape(), 3, 50);
        for (Object carrier : (Object[]) all.get(pool.shape())) {
            ((Carrier) carrier).usr1$flag(Flag.CLEAR);
        }
        var insert = pool.shape().getClass().getMethod("insert", int.class);
        var ask = pool.shape().getClass().getMethod("ask", int.class);
        insert.setAccessible(true);
        ask.setAccessible(true);
        insert.invoke(pool.shape(), 0);
        ((Carrier) ((Object[]) all.get(pool.shape()))[0]).usr1$flag(Flag.CLEAR);
        ask.invoke(pool.shape(), 0);
        assertTrue(pool.gate.violations() > 0);
    }

    @Test void aSubclassThatOverridesTheLockShutsTheGate() throws Exception {
        Map<String, byte[]> classes = new HashMap<>(Fixture.compile("asked", source -> source.replace("class ActivePool", "public class ActivePool")
                .replace("    ActivePool(int", "    public ActivePool(int")
                .replace("    void end() {", "    public static class Other extends ActivePool { public Other() { super(1); } protected void lock() { } }\n    void end() {")).classes());
        byte[] other = classes.remove("asked.ActivePool$Other");
        AskedPool pool = new AskedPool(classes, "active", Mode.BYPASS);
        AskedPool.run(pool.shape(), 1, 100);
        assertEquals("open", pool.gate.state());
        // In a loader of its own, as an application's subclass of a library's class often is; nobody has read it.
        ClassLoader loader = new ClassLoader(pool.shape().getClass().getClassLoader()) {
            @Override protected Class<?> findClass(String type) {
                return defineClass(type, other, 0, other.length);
            }
        };
        loader.loadClass("asked.ActivePool$Other").getConstructor().newInstance();
        assertTrue(String.valueOf(pool.gate.shutReason()).contains("overrides asked.ActivePool#lock"), pool.gate.shutReason());
    }

    @Test void handingTheSetOutShutsTheGateFirst() throws Exception {
        AskedPool pool = new AskedPool(fixture.classes(), "active", Mode.BYPASS);
        AskedPool.run(pool.shape(), 1, 100);
        call(pool, "all");
        assertTrue(pool.gate.shutReason().contains("asked.ActivePool#all was called"), pool.gate.shutReason());
    }

    @Test void whatIsEmptiedIsMarkedBefore() throws Exception {
        AskedPool pool = new AskedPool(fixture.classes(), "active", Mode.BYPASS);
        for (int i = 0; i < 3; i++) {
            pool.shape().getClass().getInterfaces()[0].getMethod("take").invoke(pool.shape());
        }
        assertEquals("true", ask(pool, 0));
        assertEquals(1, pool.bypassed());
        call(pool, "end");
        for (int i = 0; i < 4; i++) {
            assertEquals("false", ask(pool, i));
        }
        assertEquals(1, pool.bypassed());
        assertEquals("open", pool.gate.state());
    }

    private static Object call(AskedPool pool, String method) throws Exception {
        var found = pool.shape().getClass().getDeclaredMethod(method);
        found.setAccessible(true);
        return found.invoke(pool.shape());
    }

    private static Object ask(AskedPool pool, int number) throws Exception {
        var ask = pool.shape().getClass().getInterfaces()[0].getMethod("ask", int.class);
        ask.setAccessible(true);
        return ask.invoke(pool.shape(), number);
    }

    @Test void aCarrierOfASubclassTakesTheLock() throws Exception {
        Fixture other = Fixture.compile("asked", source -> source.replace("all[i] = new Pooled(i);", "all[i] = new Pooled(i) { };"));
        AskedPool pool = new AskedPool(other.classes(), "deque", Mode.BYPASS);
        AskedPool.run(pool.shape(), 1, 500);
        assertEquals("open", pool.gate.state());
        assertEquals(0, pool.bypassed(), "a subclass may answer equals for itself");
    }

    /** As each javac writes the class files, run by each JDK with every class verified, in a JVM of their own. */
    @ParameterizedTest
    @MethodSource("jdks")
    void everyJdkVerifiesAndRunsThem(Jdks.Jdk java) throws Exception {
        for (Jdks.Jdk javac : Jdks.all()) {
            Fixture compiled = Fixture.compile(javac, "asked", source -> source);
            Path folder = Files.createTempDirectory("asked");
            Path log = folder.resolve("log");
            try {
                for (Map.Entry<String, byte[]> type : compiled.classes().entrySet()) {
                    Files.write(folder.resolve(type.getKey()), type.getValue());
                }
                Process process = new ProcessBuilder(java.java(), "-Xverify:all", "-cp",
                        System.getProperty("java.class.path"), AskedMain.class.getName(), folder.toString())
                        .redirectErrorStream(true).redirectOutput(log.toFile()).start();
                boolean ended = process.waitFor(3, TimeUnit.MINUTES);
                process.destroyForcibly();
                assertTrue(ended && process.exitValue() == 0, () -> read(log));
                for (String name : AskedPool.NAMES) {
                    assertTrue(read(log).contains(name + " same true, open, bypassed true, violations 0"), () -> read(log));
                }
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

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

package sample.bench.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.usr1.testing.Jdks;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/** Built-in targets on the unmodified jars of released libraries: real threads in audit, then in bypass, counted beside the agent. */
class RealPoolsIT {

    private static final Path AGENT = Path.of(System.getProperty("test.agent.jar"));
    private static final Path REAL = Path.of(System.getProperty("test.real"));

    @TempDir static Path folder;
    private static ChildClasses classes;

    @BeforeAll static void compile() throws IOException {
        classes = new ChildClasses(folder, REAL);
    }

    /** Every version on the oldest JDK; the newest of each target on the others too. */
    static Stream<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (Jdks.Jdk jdk : Jdks.all()) {
            for (int i = 0; i < Library.ALL.size(); i++) {
                boolean newest = i + 1 == Library.ALL.size() || !Library.ALL.get(i + 1).target().equals(Library.ALL.get(i).target());
                if (newest || jdk.equals(Jdks.all().get(0))) {
                    runs.add(Arguments.of(jdk, Library.ALL.get(i)));
                }
            }
        }
        return runs.stream();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void removesWhatTheFlagAllowsAndNothingElse(Jdks.Jdk jdk, Library library) throws Exception {
        PoolJvm.Ended ended = jvm(jdk).count(library, 100_000, 20_000);
        Counted counted = Counted.of(ended);
        assertEquals(List.of(), counted.failures(), ended.text());
        assertTrue(counted.audited() >= 100_000, () -> counted + " " + ended.text());
        assertTrue(counted.share() > 0.05, () -> counted.toString());
    }

    /** A field more in one class: as good as ever, but nobody has looked at it. */
    @ParameterizedTest
    @MethodSource("jdks")
    void aPatchedJarIsRefusedAndRunsOn(Jdks.Jdk jdk) throws Exception {
        Library library = library("c3p0-0.9.5.5");
        Path patched = Files.createDirectory(folder.resolve("patched-" + jdk));
        try (Stream<Path> jars = Files.list(REAL.resolve(library.name()))) {
            for (Path jar : jars.toList()) {
                patch(Files.copy(jar, patched.resolve(jar.getFileName())));
            }
        }
        refused(jdk, library, classes.classPath(library).replace(REAL.resolve(library.name()).toString(), patched.toString()), "the fingerprint");
    }

    /** A version that the target does not list. */
    @ParameterizedTest
    @MethodSource("jdks")
    void aVersionOutsideTheRangeIsRefusedAndRunsOn(Jdks.Jdk jdk) throws Exception {
        Library library = library("commons-pool2-2.13.1");
        refused(jdk, library, classes.classPath(library).replace(jar(library.name()), jar("commons-pool2-2.11.1")), "the fingerprint");
    }

    private static String jar(String name) {
        return REAL.resolve(name).resolve(name + ".jar").toString();
    }

    static Stream<Jdks.Jdk> jdks() {
        return Jdks.stream();
    }

    private static void refused(Jdks.Jdk jdk, Library library, String classPath, String why) throws Exception {
        PoolJvm.Ended ended = jvm(jdk).count(library, classPath, 1000, 1000, "-Dusr1.log=debug");
        assertTrue(ended.text().contains(library.target()) && ended.text().contains(why), ended.text());
        assertEquals(0, ended.of("bypass-bypassed"), ended.text());
        assertEquals(0, ended.of("bypass-sites"), ended.text());
    }

    private static PoolJvm jvm(Jdks.Jdk jdk) {
        return new PoolJvm(jdk.java(), AGENT, classes, folder);
    }

    private static Library library(String name) {
        return Library.ALL.stream().filter(library -> library.name().equals(name)).findFirst().orElseThrow();
    }

    private static void patch(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path pool = files.getPath("com/mchange/v2/resourcepool/BasicResourcePool.class");
            if (Files.exists(pool)) {
                ClassNode type = new ClassNode();
                new ClassReader(Files.readAllBytes(pool)).accept(type, 0);
                type.fields.add(new FieldNode(Opcodes.ACC_PRIVATE, "patched", "I", null, null));
                ClassWriter writer = new ClassWriter(0);
                type.accept(writer);
                Files.write(pool, writer.toByteArray());
            }
        }
    }
}

package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where attaching does not come to what was asked for: a sentence at the command, its exit code, and an application that is none the wiser. */
class AttachRefusedIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final String TARGET = Path.of(System.getProperty("test.classes"), "pool.yaml").toString();
    private static final String USED = "handled=201 woken=101";
    private static final String NOBODY = "65534";

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void anAgentThatDoesNotStartSaysSo(Jdk jdk) throws IOException, InterruptedException {
        Path jar = Doctored.jar(folder, "io/usr1/agent/Core.start", OutOfMemoryError.class);
        try (Driven jvm = new Driven(jdk, folder)) {
            String why = "usr1-agent: the agent could not start (java.lang.OutOfMemoryError: " + Doctored.SAYS + ")";
            for (int time = 0; time < 2; time++) {
                assertNo(Forked.run(jdk, folder, "-jar", jar.toString(), "attach", jvm.pid(), "--target", TARGET, "mode=audit"), why);
                assertEquals(List.of("usr1-agent: the agent is not in process " + jvm.pid() + ", so it cannot be detached"), jvm.command("detach", jvm.pid()).err());
                assertEquals(USED, jvm.say("use"));
            }
            assertEquals(List.of(why + "; the application runs without it", why + "; the application runs without it"), jvm.errors());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aTargetThatCannotBeReadIsSaidAtTheCommand(Jdk jdk) throws IOException, InterruptedException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), Files.readString(Path.of(TARGET)).replace("takeover: Pool#takeover", "takeove: Pool#takeover"));
        try (Driven jvm = new Driven(jdk, folder)) {
            Forked alone = jvm.command("attach", jvm.pid(), "--target", bad.toString());
            assertEquals(1, alone.code());
            assertTrue(alone.err().get(0).contains("'takeove'") && alone.err().get(0).endsWith("; the target is not used"), alone::toString);
            Forked both = jvm.command("attach", jvm.pid(), "--target", bad.toString(), "--target", TARGET);
            assertEquals(0, both.code(), both::toString);
            assertEquals(List.of("the agent is attached", alone.err().get(0).substring("usr1-agent: ".length())), both.out());
        }
    }

    /** Another agent answers for one class, when it is asked again, with what no JVM takes: the others of the batch are observed all the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aClassThatFailsFailsAlone(Jdk jdk) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder, "-javaagent:" + spoiler())) {
            assertEquals(USED, jvm.say("use"));
            Forked attached = jvm.command("attach", jvm.pid(), "--target", TARGET, "counters=exact");
            assertEquals(List.of("the agent is attached", "target pool in loader app: observed only, 1 takeover timed: classes of it were"
                    + " loaded before the agent came, so nothing can be bypassed; start the JVM with -javaagent for that"), attached.out(), attached::toString);
            assertTrue(jvm.errors().get(0).endsWith("class org.example.pool.Wake stays as it is: the JVM does not take it woven (java.lang.UnsupportedOperationException: class redefinition failed: attempted to change the class modifiers)"), jvm.errors()::toString);
            assertEquals(USED, jvm.say("use"));
            assertEquals("gates: shut bypassed=0 acquired=1", jvm.say("seen"));
            assertEquals(List.of("1 classes that were woven after they were loaded have their own bytes again", "the agent is detached"), jvm.command("detach", jvm.pid()).out());
        }
    }

    /** Needs a second user: root becomes nobody, and whoever is not root looks at what root runs. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("commands")
    void anotherUsersJvmCannotBeReached(Jdk jdk, String command) throws IOException, InterruptedException {
        try (Driven jvm = new Driven(jdk, folder)) {
            boolean root = System.getProperty("user.name").equals("root");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path jar = Files.copy(Path.of(AgentJarIT.JAR), folder.resolve("usr1-agent.jar"));
            List<String> as = root ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups") : List.of();
            String pid = root ? jvm.pid() : "1";
            assumeTrue(root ? Files.isExecutable(Path.of("/usr/bin/setpriv")) : ProcessHandle.of(1).flatMap(first -> first.info().user()).filter("root"::equals).isPresent(),
                    "this machine has one user");
            Forked no = Forked.run(new ProcessBuilder(concat(as, jdk.java(), "-Xmx48m", "-XX:TieredStopAtLevel=1", "-jar", jar.toString(), command, pid)), folder);
            assertNo(no, "usr1-agent: process " + pid + " cannot be reached (Operation not permitted); run the command as the user of that process");
            assertEquals(USED, jvm.say("use"));
            assertEquals(List.of(), jvm.errors());
        }
    }

    static Stream<Arguments> commands() {
        return Jdks.stream().flatMap(jdk -> Stream.of("attach", "doctor", "diag", "detach").map(command -> Arguments.of(jdk, command)));
    }

    private static List<String> concat(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private Path spoiler() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), "org.example.Spoiler");
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        Path jar = folder.resolve("spoiler.jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(out, manifest)) {
            packed.flush();
        }
        return jar;
    }

    private static void assertNo(Forked forked, String sentence) {
        assertEquals(List.of(sentence), forked.err(), forked::toString);
        assertEquals(List.of(), forked.out());
        assertEquals(1, forked.code());
    }
}

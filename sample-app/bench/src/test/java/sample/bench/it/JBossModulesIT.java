package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool in a module of JBoss Modules (WildFly), which sees of the boot loader what a system property says. */
class JBossModulesIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final Path MODULES = Path.of(System.getProperty("test.others"), "jboss-modules.jar");
    private static final String PROPERTY = "jboss.modules.system.pkgs";
    private static final String MODULE = """
            <module xmlns="urn:jboss:module:1.9" name="small">
              <main-class name="small.Main"/>
              <resources><resource-root path="small.jar"/></resources>
            </module>
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void itHasNoListAndGetsOne(Jdk jdk) throws IOException, InterruptedException {
        SmallRun ended = run(jdk);
        ended.assertBypasses();
        assertTrue(ended.errors().contains("info: boot delegation: io.usr1.runtime was added to the system property " + PROPERTY + ", which was not set"), ended.errors());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void itsListIsAddedTo(Jdk jdk) throws IOException, InterruptedException {
        SmallRun ended = run(jdk, "-D" + PROPERTY + "=org.jboss.byteman");
        ended.assertBypasses();
        assertTrue(ended.errors().contains(PROPERTY + ", which was 'org.jboss.byteman'"), ended.errors());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void itsListIsForgotten(Jdk jdk) throws IOException, InterruptedException {
        Path forgetting = TestAgent.build("ForgettingAgent", folder);
        run(jdk, "-javaagent:" + forgetting + "=" + PROPERTY).assertRefused("found io.usr1.runtime is not visible there", PROPERTY);
    }

    private SmallRun run(Jdk jdk, String... options) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("modules/small/main"));
        Files.writeString(home.resolve("module.xml"), MODULE);
        Files.copy(SmallPool.jar(folder, Map.of()), home.resolve("small.jar"));
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("-jar", MODULES.toString(), "-mp", folder.resolve("modules").toString(), "small"));
        return SmallRun.withAgent(jdk, folder, command.toArray(String[]::new));
    }
}

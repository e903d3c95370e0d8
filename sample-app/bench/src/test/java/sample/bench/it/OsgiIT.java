package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool in a bundle, whose loader asks the boot loader for nothing but {@code java.*} and what it is told to. */
class OsgiIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final Path FELIX = Path.of(System.getProperty("test.others"), "felix.jar");
    private static final String STRICT = "-Dfelix.bootdelegation.implicit=false";
    private static final String PROPERTY = "org.osgi.framework.bootdelegation";

    @TempDir
    private Path folder;

    /** It finds classes for the agent and would not for the bundle. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aFrameworkThatGuessesWhoAsks(Jdk jdk) throws IOException, InterruptedException {
        run(jdk).assertBypasses();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aStrictOneWhoseListIsAddedTo(Jdk jdk) throws IOException, InterruptedException {
        SmallRun ended = run(jdk, STRICT, "-D" + PROPERTY + "=sun.misc");
        ended.assertBypasses();
        String line = "info: boot delegation: io.usr1.runtime was added to the system property " + PROPERTY + ", which was 'sun.misc'";
        assertTrue(ended.errors().contains(line), ended.errors());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aStrictOneWithoutAList(Jdk jdk) throws IOException, InterruptedException {
        run(jdk, STRICT).assertRefused("found io.usr1.runtime is not visible there", "add io.usr1.runtime to the loader's boot delegation", PROPERTY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aStrictOneWhoseListIsForgotten(Jdk jdk) throws IOException, InterruptedException {
        Path forgetting = TestAgent.build("ForgettingAgent", folder);
        run(jdk, STRICT, "-D" + PROPERTY + "=sun.misc", "-javaagent:" + forgetting + "=" + PROPERTY).assertRefused("found io.usr1.runtime is not visible there");
    }

    private SmallRun run(Jdk jdk, String... options) throws IOException, InterruptedException {
        Path host = Sources.compile(List.of("FelixHost.java"), folder.resolve("host"), FELIX);
        Path bundle = SmallPool.jar(folder, Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "small", "Bundle-Version", "1.0.0"));
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("-cp", FELIX + System.getProperty("path.separator") + host, "FelixHost", bundle.toString(),
                folder.resolve("storage").toString(), SmallPool.MAIN));
        return SmallRun.withAgent(jdk, folder, command.toArray(String[]::new));
    }
}

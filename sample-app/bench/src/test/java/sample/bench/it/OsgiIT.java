package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool in a bundle, whose loader asks the boot loader for nothing but {@code java.*} and what it is told to. */
class OsgiIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    private static final String STRICT = "-Dfelix.bootdelegation.implicit=false";
    private static final String PROPERTY = "org.osgi.framework.bootdelegation";

    @TempDir
    private Path folder;

    static Stream<Arguments> frameworks() {
        return Jdks.stream().flatMap(jdk -> Stream.of("felix", "equinox").map(framework -> Arguments.of(jdk, framework)));
    }

    /** It finds classes for the agent and would not for the bundle. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("frameworks")
    void aFrameworkThatGuessesWhoAsks(Jdk jdk, String framework) throws IOException, InterruptedException {
        run(jdk, framework).assertBypasses();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aStrictOneWhoseListIsAddedTo(Jdk jdk) throws IOException, InterruptedException {
        SmallRun ended = run(jdk, "felix", STRICT, "-D" + PROPERTY + "=sun.misc");
        ended.assertBypasses();
        String line = "info: boot delegation: io.usr1.runtime was added to the system property " + PROPERTY + ", which was 'sun.misc'";
        assertTrue(ended.errors().contains(line), ended.errors());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aStrictOneWithoutAList(Jdk jdk) throws IOException, InterruptedException {
        run(jdk, "felix", STRICT).assertRefused("found io.usr1.runtime is not visible there", "add io.usr1.runtime to the loader's boot delegation", PROPERTY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aStrictOneWhoseListIsForgotten(Jdk jdk) throws IOException, InterruptedException {
        Path forgetting = TestAgent.build("ForgettingAgent", folder);
        run(jdk, "felix", STRICT, "-D" + PROPERTY + "=sun.misc", "-javaagent:" + forgetting + "=" + PROPERTY)
                .assertRefused("found io.usr1.runtime is not visible there");
    }

    private SmallRun run(Jdk jdk, String framework, String... options) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("test.others"), framework + ".jar");
        Path host = Sources.compile(List.of("OsgiHost.java"), folder.resolve("host"), jar);
        Path bundle = SmallPool.jar(folder, Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "small", "Bundle-Version", "1.0.0"));
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("-cp", jar + System.getProperty("path.separator") + host, "OsgiHost", bundle.toString(),
                folder.resolve("storage").toString(), SmallPool.MAIN));
        return SmallRun.withAgent(jdk, folder, command.toArray(String[]::new));
    }
}

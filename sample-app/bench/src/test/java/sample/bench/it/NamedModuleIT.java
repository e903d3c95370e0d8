package sample.bench.it;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pool in a named module that reads {@code java.base} alone, and so not the unnamed module that the runtime is in. The JVM
 * lets the module of a transformed class read it (package {@code java.lang.instrument}), so nothing is left for us to do.
 */
class NamedModuleIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void onTheModulePath(Jdk jdk) throws IOException, InterruptedException {
        Path jar = SmallPool.jar(folder, Map.of(), "small/module-info.java");
        SmallRun ended = SmallRun.withAgent(jdk, folder, "--module-path", jar.toString(), "--module", "small/" + SmallPool.MAIN);
        ended.assertBypasses();
    }

    /** In a layer of the application's own, with a loader of its own. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void inALayer(Jdk jdk) throws IOException, InterruptedException {
        Path jar = SmallPool.jar(folder, Map.of(), "small/module-info.java");
        Path host = Sources.compile(List.of("LayerHost.java"), folder.resolve("host"));
        SmallRun ended = SmallRun.withAgent(jdk, folder, "-cp", host.toString(), "LayerHost", jar.toString(), "small", SmallPool.MAIN);
        ended.assertBypasses();
    }
}

package sample.bench.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The benchmark of one wake, in small. Its exit code says that each woven fork proved by its counts that it bypassed, or with the flag set that
 * it did not; of ratios nothing is held here but in {@link WakeSmokeIT}.
 */
class WakeBenchIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.usr1.testing.Jdks#stream")
    void eachForkProvesWhatItMeasured(Jdk jdk) throws IOException, InterruptedException {
        Path json = folder.resolve("wake.json");
        Path log = folder.resolve("log");
        Process bench = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djmh.ignoreLock=true",
                "-cp", Path.of(System.getProperty("test.others")).resolveSibling("sample-bench.jar").toString(), WakeBench.class.getName(),
                "--quick", "--millis", "2", "--iterations", "20", "--locks", "reentrant", "--variants", "plain,patched,cheap", "--java", jdk.home().toString(),
                "--agent", System.getProperty("test.agent.jar"), "--out", json.toString())).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertEquals(0, bench.waitFor(), () -> said(log));
        WakeFigures figures = WakeFigures.read(json);
        for (String benchmark : List.of("busy", "set")) {
            for (Variant variant : List.of(Variant.PLAIN, Variant.CHEAP)) {
                assertTrue(figures.samples().stream().filter(sample -> sample.benchmark().equals(benchmark) && sample.variant() == variant)
                        .flatMapToDouble(sample -> Arrays.stream(sample.iterations())).allMatch(score -> score > 0), () -> benchmark + ", " + variant + ": " + said(log));
            }
        }
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}

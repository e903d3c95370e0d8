package sample.bench.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.demo.OriginProcess;
import sample.bench.demo.ProxyChild;
import sample.bench.load.Bodies;
import sample.bench.load.LoadResult;

/** The proxy with the fix in its source counts what theory says: no wake lock with private connections, only stale ones otherwise. */
class PatchedProxyIT {

    private static final Path PROXY = Path.of(System.getProperty("test.proxy.jar"));
    private static final Path SOURCES = Path.of(System.getProperty("test.target")).resolveSibling("proxy/src/main/java");
    private static final int CLIENTS = 16;
    private static final int REQUESTS = 400;

    @TempDir
    private static Path folder;

    private static String path;
    private static OriginProcess originProcess;
    private static InetSocketAddress origin;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        path = PatchedProxy.classPath(SOURCES, PROXY, folder.resolve("patched"));
        originProcess = OriginProcess.start(folder.resolve("origin.log"));
        origin = originProcess.awaitReady();
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        originProcess.stop();
    }

    static Stream<Arguments> proxies() {
        return Jdks.stream().flatMap(jdk -> Setup.LOCKS.stream().flatMap(lock -> Arm.REUSES.stream().map(reuse -> Arguments.of(jdk, lock, reuse))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("proxies")
    void countsAsTheorySays(Jdk jdk, String lock, String reuse) throws IOException, InterruptedException {
        Setup setup = new Setup(Way.H1, Bodies.SMALL, lock, 3);
        Arm arm = new Arm(Arm.Kind.PATCHED, reuse);
        ProxyChild proxy = ProxyChild.start(jdk + lock + reuse, folder, List.of(jdk.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-ea"), path, origin,
                List.of("--loops", "3", "--maxconn", "4", "--lock", lock, "--reuse", reuse));
        LoadResult load = setup.way().load(proxy.awaitReady(), CLIENTS, setup.bodies(), 0, REQUESTS);
        Counts counts = Counts.of(proxy.stop());
        assertTrue(load.clean(), () -> load.complaints().toString());
        assertEquals(List.of(), Theory.complaints(setup, arm, REQUESTS, counts));
        if (reuse.equals("always")) {
            assertTrue(counts.takeovers() > 0 && counts.staleWakes() > 0, "nothing was taken over: " + counts);
            assertTrue(counts.staleWakes() <= counts.takeovers(), "one stale wake a takeover: " + counts);
        }
    }
}

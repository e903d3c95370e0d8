package sample.bench.real.proxy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.it.Jvm;
import sample.bench.it.Sources;
import sample.bench.load.LoadResult;
import sample.bench.load.Origin;

/**
 * Released proxies, unmodified, over loopback: with the agent as a user would start it each answers as without it, and the agent counts what it
 * must. With {@code -Dproxies.figures=FILE} the counts are kept there, for docs/targets/real-proxies.md.
 */
class RealProxiesIT {

    private static final Path JARS = Path.of(System.getProperty("test.proxies"));
    private static final ArrayNode FIGURES = new ObjectMapper().createArrayNode();

    @TempDir private static Path shared;
    private static Jvm originJvm;
    private static String origin;

    @TempDir private Path folder;

    @BeforeAll static void startOrigin() throws IOException, InterruptedException {
        originJvm = Jvm.start(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", System.getProperty("java.class.path"),
                Origin.class.getName(), "--moody"), shared.resolve("origin.err"));
        origin = originJvm.awaitReady().replace("ready origin=", "");
    }

    @AfterAll static void endOrigin() throws IOException, InterruptedException {
        originJvm.endInput();
        originJvm.awaitEnd();
        originJvm.close();
        if (System.getProperty("proxies.figures") != null) {
            ObjectNode figures = new ObjectMapper().createObjectNode().put("requests", RealProxy.REQUESTS).set("rows", FIGURES);
            Files.writeString(Path.of(System.getProperty("proxies.figures")), figures.toPrettyString() + "\n");
        }
    }

    static List<RealProxy> proxies() {
        return RealProxy.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proxies")
    void worksAsWithoutTheAgent(RealProxy proxy) throws IOException, InterruptedException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(JARS.resolve(proxy.folder()))) {
            jars = files.sorted().toList();
        }
        Path program = Sources.compile(proxy.sources(), folder.resolve("program"), jars.toArray(Path[]::new));
        String classPath = Stream.concat(Stream.of(program), jars.stream()).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        for (Jdk jdk : Jdks.all()) {
            try (ProxyArm plain = ProxyArm.start(jdk, proxy, classPath, origin, ProxyArm.PLAIN, folder);
                    ProxyArm bypass = ProxyArm.start(jdk, proxy, classPath, origin, "bypass", folder)) {
                plain.work().end();
                bypass.work().end();
                same(plain, bypass);
                Woven woven = bypass.woven();
                check(proxy, jdk, woven);
                ObjectNode row = row(proxy, jdk, woven);
                if (proxy.bypasses()) {
                    try (ProxyArm audit = ProxyArm.start(jdk, proxy, classPath, origin, "audit", folder)) {
                        audit.work().end();
                        same(plain, audit);
                        audited(proxy, jdk, audit);
                        row.put("audited", audit.audited()).put("violations", audit.woven().violations());
                    }
                } else {
                    row.putNull("audited").putNull("violations");
                }
                FIGURES.add(row);
            }
        }
    }

    private static void same(ProxyArm plain, ProxyArm woven) {
        String good = plain.result().startsWith("ready done ") ? plain.result() : new LoadResult(RealProxy.REQUESTS, 0, 0, List.of()).toString();
        assertAll(() -> assertEquals(good, plain.result(), plain.toString()),
                () -> assertEquals(good, woven.result(), woven.toString()),
                () -> assertEquals(plain.errors(), woven.errors(), woven + ": standard error"));
    }

    private static void check(RealProxy proxy, Jdk jdk, Woven woven) {
        String what = proxy + " on " + jdk + ": ";
        for (Map.Entry<String, Integer> role : proxy.least().entrySet()) {
            long found = woven.of(role.getKey(), proxy.bypasses() ? "bypassed" : "acquired");
            assertTrue(found >= role.getValue(), what + role + " expected at the least, found " + found + " in " + woven.sites());
        }
        // An observing target has no gate to open.
        assertEquals(proxy.bypasses() ? "open" : "waiting", woven.state(), what + "state");
        assertEquals(proxy.bypasses(), woven.bypassed() > 0, what + "bypassed " + woven.bypassed());
        assertEquals(0, woven.violations(), what + "violations");
    }

    private static void audited(RealProxy proxy, Jdk jdk, ProxyArm audit) throws IOException {
        Woven woven = audit.woven();
        int least = proxy.least().values().iterator().next();
        assertTrue(audit.audited() >= least, audit + " on " + jdk + ": audited " + audit.audited() + ", expected " + least + " at the least");
        assertEquals(0, woven.violations(), audit + " on " + jdk + ": violations");
        assertEquals(0, woven.bypassed(), audit + " on " + jdk + ": bypassed");
    }

    private static ObjectNode row(RealProxy proxy, Jdk jdk, Woven woven) {
        return FIGURES.objectNode().put("proxy", proxy.name()).put("version", proxy.version()).put("target", proxy.target()).put("jdk", jdk.feature())
                .put("woven", woven.places()).put("acquired", woven.acquired()).put("bypassed", woven.bypassed());
    }
}

package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.demo.Judge;

/** Agents that people really run, before and after ours on the command line. */
class RealAgentsIT {

    @TempDir
    private Path folder;

    /** Those that leave the pool alone, or come to it after us. The weave must be the same whenever anybody asks for it. */
    static Stream<Arguments> peaceful() {
        return chains("usr1 jacoco-without-pool retransform", "jacoco-without-pool usr1 retransform",
                "usr1 retransform opentelemetry-with-pool", "opentelemetry usr1 retransform");
    }

    /** JaCoCo cannot retransform, and the JVM asks such agents first whatever the order; OpenTelemetry is asked in the order. */
    static Stream<Arguments> meddling() {
        return chains("usr1 jacoco", "jacoco usr1", "opentelemetry-with-pool usr1");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("peaceful")
    void bypassingGoesOn(Jdk jdk, String order) throws IOException, InterruptedException {
        AgentChain chain = AgentChain.of(jdk, folder, order.split(" "));
        try (UnderLoad load = new UnderLoad(chain.command(), chain.done())) {
            load.untilDone();
            Ended ended = load.end().get(0);
            ended.assertServed();
            ended.assertSilent();
            Faults.assertBypasses(ended);
            assertEquals(List.of(), Judge.complaints("bypass", ended.load(), ended.proxy(), ended.target()));
        }
        if (order.contains("jacoco")) {
            assertCovered(chain, "org/eclipse/jetty/http/HttpParser", jetty());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("meddling")
    void changedClassesShutTheGate(Jdk jdk, String order) throws IOException, InterruptedException {
        AgentChain chain = AgentChain.of(jdk, folder, order.split(" "));
        Ended ended = Faults.serve(chain.command());
        Faults.assertOneSentence(ended, "the gate is shut for good", ": found other bytes than those that were proved",
                "list this agent before the one that changes the class, or exclude the class there");
        assertEquals("shut", ended.target().path("state").asText());
        assertEquals(0, ended.bypassed(), "bypassed");
        assertEquals(ended.count("wakes"), ended.count("wakeLocks"), "every wake locks");
        if (order.contains("jacoco")) {
            assertCovered(chain, "sample/proxy/IdleConns", ProxyCommand.PROXY);
        }
    }

    private static void assertCovered(AgentChain chain, String type, Path... jars) throws IOException {
        Coverage coverage = Coverage.of(chain.coverage(), jars);
        assertTrue(coverage.covered().contains(type), () -> coverage.covered().toString());
        assertEquals(List.of(), coverage.unknown(), "classes that JaCoCo saw in another form");
    }

    private static Path[] jetty() throws IOException {
        try (Stream<Path> jars = Files.list(ProxyCommand.PROXY.resolveSibling("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("jetty-http-")).toArray(Path[]::new);
        }
    }

    private static Stream<Arguments> chains(String... orders) {
        return Jdks.stream().flatMap(jdk -> Stream.of(orders).map(order -> Arguments.of(jdk, order)));
    }
}

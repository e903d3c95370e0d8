package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.testing.BadTargets;
import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JDK's own pools of connections: observed where somebody asked for it, and counted as the classes count themselves once
 * {@link PatchedPool} had them do that; not touched where nobody did.
 */
class JdkPoolsIT {

    private static final String OPERATIONS = "12000";

    @TempDir private Path folder;

    private enum Client {
        URL("url", new PatchedPool("java.base", "sun/net/www/http/KeepAliveCache"), "boot"),
        CLIENT("client", new PatchedPool("java.net.http", "jdk/internal/net/http/ConnectionPool"), "platform");

        private final String word;
        private final PatchedPool pool;
        private final String loader;

        Client(String word, PatchedPool pool, String loader) {
            this.word = word;
            this.pool = pool;
            this.loader = loader;
        }

        /** Of that JDK. */
        String target(Jdk jdk) {
            return this == URL ? "jdk-keepalive" : synchronizedMethods(jdk) ? "jdk-http-client-17" : "jdk-http-client";
        }

        boolean synchronizedMethods(Jdk jdk) {
            return this == CLIENT && jdk.feature() == 17;
        }
    }

    private record Run(Jdk jdk, Client client) {
    }

    static Stream<Run> runs() {
        return Jdks.stream().flatMap(jdk -> Stream.of(Client.values()).map(client -> new Run(jdk, client)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void everyAcquisitionIsCounted(Run run) throws IOException, InterruptedException {
        Forked forked = application(run, OPERATIONS, List.of(run.client.pool.counting(run.jdk, folder)), asked());
        assertTrue(forked.err().stream().anyMatch(line -> line.contains("target " + run.client.target(run.jdk) + " in loader " + run.client.loader + ": woven, ")), forked.err()::toString);
        assertTrue(counted(forked) >= 2 * Long.parseLong(OPERATIONS), forked.out()::toString);
        assertEquals(counted(forked), acquired(run));
        assertTrue(forked.out().contains("reads true"), forked.out()::toString);
    }

    /** What a class cannot be given any more, synchronized methods of another name, is said and left out. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aClassThatWasLoadedBeforeTheAgentIsObservedInPlace(Run run) throws IOException, InterruptedException {
        String early = "-javaagent:" + early() + "=" + run.client.pool.name().replace('/', '.');
        Forked forked = application(run, OPERATIONS, List.of(early, run.client.pool.counting(run.jdk, folder)), asked());
        assertTrue(forked.err().stream().anyMatch(line -> line.contains("target " + run.client.target(run.jdk) + " in loader " + run.client.loader + ": observed only, ")), forked.err()::toString);
        assertTrue(forked.out().contains("added 0"), forked.out()::toString);
        if (run.client.synchronizedMethods(run.jdk)) {
            assertTrue(forked.err().stream().anyMatch(line -> line.contains("not timed: ") && line.contains("#getConnection")), forked.err()::toString);
            assertTrue(acquired(run) >= Long.parseLong(OPERATIONS) && acquired(run) < counted(forked), forked.out()::toString);
        } else {
            assertEquals(counted(forked), acquired(run));
        }
    }

    /** The agent proper runs, for a target of the user's, and the common mode says observe; nobody named the JDK's pools. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void nothingIsTouchedUnlessItIsAskedFor(Run run) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("own.yaml"), BadTargets.GOOD);
        Forked forked = application(run, "40", List.of(), List.of("-Dusr1.targets=" + file, "-Dusr1.mode=observe", "-Dusr1.builtins=on"));
        assertTrue(forked.out().containsAll(List.of("operations 40 counted 0", "added 0", "reads false")), forked.out()::toString);
        assertEquals(List.of(), forked.err().stream().filter(line -> line.contains("jdk-") || line.contains("loader boot") || line.contains("loader platform")).toList());
        assertEquals(0, acquired(run));
    }

    /** Not even the agent proper is loaded. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void nothingIsReadUnlessItIsAskedFor(Run run) throws IOException, InterruptedException {
        Path loaded = folder.resolve("loaded.txt");
        application(run, "40", List.of("-Xlog:class+load:file=" + loaded), List.of());
        List<String> ours = Files.readAllLines(loaded).stream().filter(line -> line.contains(" io.usr1.")).toList();
        assertTrue(ours.stream().anyMatch(line -> line.contains(" io.usr1.entry.BuiltIns ")), ours::toString);
        assertEquals(List.of(), ours.stream().filter(line -> !line.contains(" io.usr1.entry.") && !line.contains(" io.usr1.runtime.")).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aVersionThatIsNotKnownStaysAsItIs(Jdk jdk) throws IOException, InterruptedException {
        Run run = new Run(jdk, Client.URL);
        Forked forked = application(run, "40", List.of(run.client.pool.renamed(jdk, folder, "cacheLock")), asked());
        assertTrue(forked.err().stream().anyMatch(line -> line.contains("target jdk-keepalive in loader boot: nothing is woven, this version of the library is left as it is: ")), forked.err()::toString);
        assertTrue(forked.out().contains("added 0"), forked.out()::toString);
    }

    private static final String JDKS = "io.usr1.testing.Jdks#stream";

    private static List<String> asked() {
        return Stream.of("jdk-keepalive", "jdk-http-client", "jdk-http-client-17").map(name -> "-Dusr1.target." + name + ".mode=observe").toList();
    }

    private Forked application(Run run, String operations, List<String> before, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(options);
        command.addAll(List.of("-javaagent:" + AgentJarIT.JAR, "-Dusr1.log=info", "-Dusr1.counters.file=" + folder.resolve("counters.json"),
                "--add-opens=java.net.http/jdk.internal.net.http=ALL-UNNAMED", "--add-exports=java.base/sun.net.www.http=ALL-UNNAMED",
                "-cp", System.getProperty("test.classes"), "org.example.JdkClients", run.client.word, operations));
        Forked forked = Forked.run(run.jdk, folder, command.toArray(String[]::new));
        assertEquals(0, forked.code(), () -> String.join("\n", forked.err()));
        return forked;
    }

    private static long counted(Forked forked) {
        String line = forked.out().stream().filter(said -> said.startsWith("operations ")).findFirst().orElseThrow();
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    private long acquired(Run run) throws IOException {
        long sum = 0;
        for (JsonNode target : new ObjectMapper().readTree(folder.resolve("counters.json").toFile()).get("targets")) {
            boolean ours = target.get("target").asText().equals(run.client.target(run.jdk)) && target.get("loader").asText().equals(run.client.loader);
            for (JsonNode site : ours ? target.get("sites") : List.<JsonNode>of()) {
                sum += site.get("acquired").asLong();
            }
        }
        return sum;
    }

    private Path early() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), "org.example.Early");
        Path jar = folder.resolve("early.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }
}

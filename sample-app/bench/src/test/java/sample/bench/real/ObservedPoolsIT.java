package sample.bench.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sample.bench.it.Sources;

/**
 * Each built-in target that observes, on the released library: over ten thousand operations the agent counts as many acquisitions as the
 * library itself, which {@link CountingJar} has count. The agent is given no target and no other option, as a user would start it.
 */
class ObservedPoolsIT {

    private static final Path REAL = Path.of(System.getProperty("test.real"));
    private static final Pattern SAID = Pattern.compile("operations (\\d+) counted (\\d+)");

    @TempDir private Path folder;

    /**
     * @param target  that is to be woven
     * @param program source among the resources
     * @param library the jar that is counted; what else it needs lies in the same folder
     * @param prefix  of the classes that are counted
     */
    private record Run(String target, String program, String library, String prefix, String... arguments) {

        @Override public String toString() {
            return target + " of " + library;
        }
    }

    static Stream<Run> runs() {
        return Stream.of(
                new Run("httpcore5-strict-pool", "HttpCore5", "httpcore5-oldest/httpcore5.jar", "org/apache/hc/core5/"),
                new Run("httpcore5-strict-pool", "HttpCore5", "httpcore5/httpcore5.jar", "org/apache/hc/core5/"),
                new Run("httpcore5-session-pool", "HttpCore5Sessions", "httpcore5/httpcore5.jar", "org/apache/hc/core5/reactor/AbstractIOSessionPool"),
                new Run("httpcore4.3-pool", "HttpCore4", "httpcore4-oldest/httpcore.jar", "org/apache/http/"),
                new Run("httpcore4-pool", "HttpCore4", "httpcore4/httpcore.jar", "org/apache/http/"),
                new Run("httpcore4-nio-pool", "HttpCoreNio", "httpcore4-nio-oldest/httpcore-nio.jar", "org/apache/http/"),
                new Run("httpcore4-nio-pool", "HttpCoreNio", "httpcore4-nio/httpcore-nio.jar", "org/apache/http/"),
                new Run("druid", "Druid", "druid-oldest/druid.jar", "com/alibaba/druid/pool/"),
                new Run("druid", "Druid", "druid/druid.jar", "com/alibaba/druid/pool/"),
                new Run("tomcat-jdbc", "TomcatJdbc", "tomcat-jdbc-oldest/tomcat-jdbc.jar", "org/apache/tomcat/jdbc/"),
                new Run("tomcat-jdbc", "TomcatJdbc", "tomcat-jdbc/tomcat-jdbc.jar", "org/apache/tomcat/jdbc/"),
                new Run("jetty-client-9.2", "Jetty92", "jetty92/jetty-client.jar", "org/eclipse/jetty/client/"),
                new Run("okhttp-3", "OkHttp", "okhttp3/okhttp.jar", "okhttp3/", "RealConnectionPool"),
                new Run("okhttp-5", "OkHttp", "okhttp5/okhttp.jar", "okhttp3/", "RealConnection"),
                new Run("membrane", "Membrane", "membrane/membrane.jar", "com/predic8/membrane/core/transport/http/"),
                new Run("synapse-passthrough", "Synapse", "synapse/synapse.jar", "org/apache/synapse/transport/passthru/connections/"),
                new Run("mongodb-driver", "Mongo", "mongodb-oldest/mongodb-driver-core.jar", "com/mongodb/internal/"),
                new Run("mongodb-driver", "Mongo", "mongodb/mongodb-driver-core.jar", "com/mongodb/internal/"),
                new Run("vertx-3", "VertX3", "vertx3/vertx-core.jar", "io/vertx/core/http/impl/pool/"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void everyAcquisitionIsCounted(Run run) throws IOException, InterruptedException {
        Path library = REAL.resolve(run.library());
        List<Path> path = new ArrayList<>(List.of(CountingJar.write(library, run.prefix(), folder.resolve("counting.jar"))));
        try (Stream<Path> jars = Files.list(library.getParent())) {
            jars.filter(jar -> !jar.equals(library)).forEach(path::add);
        }
        path.add(0, Sources.compile(Stream.of("Counted", "Rounds", "Nothing", "Origin", "XMLBeautifierFormatter", run.program()).map(name -> "/sample/bench/real/" + name + ".java").toList(),
                folder.resolve("program"), path.toArray(Path[]::new)));
        // Of the oldest versions what differs is the library, not the Java.
        for (Jdk jdk : run.library().contains("-oldest/") ? Jdks.all().subList(0, 1) : Jdks.all()) {
            on(jdk, run, String.join(File.pathSeparator, path.stream().map(Path::toString).toList()));
        }
    }

    private void on(Jdk jdk, Run run, String classPath) throws IOException, InterruptedException {
        Path counters = folder.resolve(jdk + ".json");
        Path log = folder.resolve(jdk + ".log");
        Path said = folder.resolve(jdk + ".out");
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-javaagent:" + System.getProperty("test.agent.jar"), "-Dusr1.log=info", "-Dusr1.log.file=" + log,
                "-Dusr1.counters.file=" + counters, "-cp", classPath, "sample.bench.real." + run.program()));
        command.addAll(List.of(run.arguments()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "no end: " + run);
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(said);
        Matcher counted = SAID.matcher(output);
        assertTrue(process.exitValue() == 0 && counted.find(), output);
        assertTrue(Long.parseLong(counted.group(1)) >= 10_000, output);
        assertTrue(Long.parseLong(counted.group(2)) >= 10_000, output);
        List<String> lines = Files.readAllLines(log);
        assertEquals(1, lines.stream().filter(line -> line.contains("target " + run.target() + " in loader app: woven, ")).count(), lines.toString());
        assertEquals(Long.parseLong(counted.group(2)), acquired(run.target(), counters), () -> run + " on " + jdk);
    }

    private static long acquired(String target, Path counters) throws IOException {
        long sum = 0;
        for (JsonNode one : new ObjectMapper().readTree(counters.toFile()).get("targets")) {
            if (one.get("target").asText().equals(target)) {
                for (JsonNode site : one.get("sites")) {
                    sum += site.get("acquired").asLong();
                }
            }
        }
        return sum;
    }
}

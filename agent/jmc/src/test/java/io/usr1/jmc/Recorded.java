package io.usr1.jmc;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Recordings of scenarios, each made once by a JVM of each JDK. */
final class Recorded {

    private static final long MINUTES = 2;
    private static final Map<List<Object>, Path> MADE = new ConcurrentHashMap<>();

    private Recorded() {
    }

    static Stream<Arguments> all() {
        return Jdks.stream().flatMap(jdk -> Arrays.stream(Scenario.values()).map(scenario -> Arguments.of(jdk, scenario)));
    }

    static Path file(Jdk jdk, Scenario scenario) {
        return MADE.computeIfAbsent(List.of(jdk, scenario), key -> record(jdk, scenario));
    }

    private static Path record(Jdk jdk, Scenario scenario) {
        try {
            Path folder = Files.createTempDirectory("recorded");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve(scenario + ".jfr");
            Path agent = agent(folder);
            Path output = folder.resolve("output.txt");
            List.of(file, agent, output).forEach(each -> each.toFile().deleteOnExit());
            Process process = new ProcessBuilder(jdk.java(), "-Xshare:auto", "-javaagent:" + agent, "-cp", System.getProperty("java.class.path"),
                    ScenarioMain.class.getName(), scenario.name(), file.toString()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
                String said = Files.readString(output);
                if (!ended || process.exitValue() != 0 || said.contains("complaint: ")) {
                    throw new AssertionError(scenario + " on " + jdk + ": " + said);
                }
            } finally {
                process.destroyForcibly();
            }
            return file;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Gives {@link ScenarioMain} its Instrumentation. */
    private static Path agent(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ScenarioMain.class.getName());
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}

package sample.bench.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.usr1.testing.Jdks;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A range of versions in a built-in target holds for each version in it: the shipped target is proved on the shipped jar, by {@code check}. */
class RangesIT {

    private static final Path AGENT = Path.of(System.getProperty("test.agent.jar"));
    private static final Path REAL = Path.of(System.getProperty("test.real"));
    private static final int BETWEEN = 10;

    @TempDir static Path folder;
    private static Path target;

    @BeforeAll static void extract() throws IOException {
        target = folder.resolve("jetty-client.yaml");
        try (FileSystem jar = FileSystems.newFileSystem(AGENT); Stream<Path> files = Files.walk(jar.getPath("/"))) {
            Path shipped = files.filter(file -> file.endsWith("builtin/jetty-client.yaml")).findFirst().orElseThrow();
            try (InputStream in = Files.newInputStream(shipped)) {
                Files.copy(in, target);
            }
        }
    }

    static Stream<Path> jetty() throws IOException {
        try (Stream<Path> jars = Files.list(REAL.resolve("jetty-client-9.4.21-30"))) {
            return jars.sorted().toList().stream();
        }
    }

    @Test void everyVersionBetweenIsThere() throws IOException {
        assertEquals(BETWEEN, jetty().count());
    }

    @ParameterizedTest
    @MethodSource("jetty")
    void jettyIsProvedOnEachVersionBetween(Path client) throws Exception {
        Path last = REAL.resolve("jetty-client-9.4.31");
        String others = Stream.of("http", "io", "util").map(name -> find(last, "jetty-" + name)).map(Path::toString).reduce((a, b) -> a + System.getProperty("path.separator") + b).orElseThrow();
        Path said = Files.createTempFile(folder, "check", ".log");
        Process check = new ProcessBuilder(List.of(Jdks.all().get(0).java(), "-jar", AGENT.toString(), "check",
                "-cp", client + System.getProperty("path.separator") + others, "--target", target.toString())).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertTrue(check.waitFor(2, TimeUnit.MINUTES));
        } finally {
            check.destroyForcibly();
        }
        assertEquals(0, check.exitValue(), () -> read(said));
        assertTrue(read(said).contains("target jetty-client: all sites can be woven"), () -> read(said));
    }

    private static Path find(Path folder, String start) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(start)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

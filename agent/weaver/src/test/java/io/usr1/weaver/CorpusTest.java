package io.usr1.weaver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.usr1.testing.Jdks;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shapes of lock regions, compiled by each javac found and by Eclipse's compiler, and rewritten to the class files of
 * older compilers. Each JDK verifies and runs all of them: those that are woven do what they did, every lock is as it
 * was at the end, and the others are refused for the reason that the shape names.
 */
class CorpusTest {

    private static Path folder;

    @BeforeAll static void compile() throws Exception {
        folder = Files.createTempDirectory("corpus");
        for (Jdks.Jdk jdk : Jdks.all()) {
            write("javac-" + jdk.feature(), Fixture.compile(jdk, "corpus", source -> source).classes());
        }
        write("ecj", Fixture.ecj("corpus").classes());
        Map<String, byte[]> javac = Fixture.compile("corpus", source -> source).classes();
        for (int version = 46; version <= 51; version++) {
            write("asm-" + version, OldClassFile.lower(javac, version));
        }
    }

    @AfterAll static void clean() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static Stream<Jdks.Jdk> jdks() {
        return Jdks.stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyShapeIsAsItSays(Jdks.Jdk java) throws Exception {
        Path log = Files.createTempFile("corpus", ".log");
        try {
            Process process = new ProcessBuilder(java.java(), "-Xverify:all", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    CorpusMain.class.getName(), folder.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            List<String> lines = Files.readAllLines(log);
            assertTrue(ended && lines.contains("end"), () -> String.join("\n", lines));
            List<String> table = lines.stream().filter(line -> line.startsWith("| ")).toList();
            print(java, table);
            assertEquals(List.of(), table.stream().filter(line -> line.contains("| WRONG ")).toList());
            long shapes = table.stream().map(line -> line.split(" \\| ")[0]).distinct().count();
            assertTrue(shapes >= 40 && table.size() >= shapes * 7, shapes + " shapes, " + table.size() + " rows");
        } finally {
            Files.delete(log);
        }
    }

    /** One row a shape; compilers that agree share it. */
    private static void print(Jdks.Jdk java, List<String> table) {
        Map<String, TreeSet<String>> compilers = new TreeMap<>();
        for (String row : table) {
            String[] cells = row.split(" \\| ", 4);
            compilers.computeIfAbsent(cells[0] + " | %s | " + cells[2] + " | " + cells[3], first -> new TreeSet<>()).add(cells[1]);
        }
        List<String> rows = new ArrayList<>(List.of("Run on " + java, "| shape | compilers | expected | result |"));
        compilers.forEach((row, names) -> rows.add(row.replace("%s", String.join(", ", names))));
        System.out.println(String.join("\n", rows));
    }

    private static void write(String compiler, Map<String, byte[]> classes) throws IOException {
        Path out = Files.createDirectory(folder.resolve(compiler));
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            Files.write(out.resolve(type.getKey()), type.getValue());
        }
    }
}

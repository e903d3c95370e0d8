package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    @TempDir private Path folder;

    @Test void aStarIsAllJarsOfAFolder() throws IOException {
        jar("b.jar", Map.of("p/B.class", ONE), Map.of());
        jar("a.JAR", Map.of("p/A.class", ONE), Map.of());
        Files.createDirectories(folder.resolve("sub.jar"));
        Files.writeString(folder.resolve("no-jar.txt"), "x");
        try (ClassPath classes = ClassPath.of(folder.resolve("*").toString())) {
            assertArrayEquals(ONE, classes.bytes("p.A"));
            assertArrayEquals(ONE, classes.bytes("p.B"));
            assertEquals(List.of(), classes.notes());
        }
    }

    @Test void theFirstEntryWins() throws IOException {
        Path first = jar("z.jar", Map.of("p/A.class", ONE), Map.of());
        Path second = jar("a.jar", Map.of("p/A.class", TWO), Map.of());
        try (ClassPath classes = ClassPath.of(first + File.pathSeparator + second)) {
            assertArrayEquals(ONE, classes.bytes("p.A"));
        }
    }

    @Test void aManifestMayNameMoreJars() throws IOException {
        jar("library.jar", Map.of("p/A.class", ONE), Map.of());
        Path jar = jar("application.jar", Map.of(), Map.of("Class-Path", "library.jar absent.jar"));
        try (ClassPath classes = ClassPath.of(jar.toString())) {
            assertArrayEquals(ONE, classes.bytes("p.A"));
        }
    }

    /** 9 and not 17: every JVM that runs these tests takes it. */
    @Test void aMultiReleaseJarIsReadAsThisJvmWould() throws IOException {
        Map<String, byte[]> both = Map.of("p/A.class", ONE, "META-INF/versions/9/p/A.class", TWO, "p/B.class", ONE, "META-INF/versions/999/p/B.class", TWO);
        try (ClassPath classes = ClassPath.of(jar("multi.jar", both, Map.of("Multi-Release", "true")).toString())) {
            assertArrayEquals(TWO, classes.bytes("p.A"));
            assertArrayEquals(ONE, classes.bytes("p.B"));
        }
        try (ClassPath classes = ClassPath.of(jar("plain.jar", both, Map.of()).toString())) {
            assertArrayEquals(ONE, classes.bytes("p.A"));
        }
    }

    @Test void whatIsLeftOutIsSaid() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        try (ClassPath classes = ClassPath.of(String.join(File.pathSeparator, folder.resolve("absent").toString(), text.toString(), empty.resolve("*").toString(), folder.toString()))) {
            assertEquals(3, classes.notes().size(), () -> classes.notes().toString());
            assertTrue(classes.notes().get(0).endsWith("absent' is not there; it is left out, as java does"));
            assertTrue(classes.notes().get(1).endsWith("text.jar' is no folder and no jar that can be read; it is left out"));
            assertTrue(classes.notes().get(2).endsWith("*' finds no jars; it is left out"));
            assertNull(classes.bytes("p.A"));
        }
    }

    @Test void anEmptyEntryIsTheWorkingFolder() throws IOException {
        try (ClassPath classes = ClassPath.of("")) {
            assertEquals(List.of(), classes.notes());
            assertTrue(!classes.isEmpty());
        }
    }

    private Path jar(String name, Map<String, byte[]> entries, Map<String, String> attributes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((key, value) -> manifest.getMainAttributes().put(new Attributes.Name(key), value));
        Path file = folder.resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}

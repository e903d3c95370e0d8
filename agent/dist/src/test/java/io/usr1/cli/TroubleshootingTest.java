package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.entry.Options;
import io.usr1.events.Events;
import io.usr1.runtime.Gate;
import io.usr1.target.Target;
import io.usr1.weaver.Prover;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who looks a message up finds it in the docs as the code says it. */
class TroubleshootingTest {

    private static final String ANY = "\\.\\.\\.";

    @Test void everyHeadingIsAMessageOfTheCode() throws IOException, URISyntaxException {
        List<String> classes = classes();
        List<String> headings = Files.readAllLines(Path.of(System.getProperty("test.docs"), "troubleshooting.md")).stream()
                .filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList();
        assertTrue(headings.size() > 10);
        List<String> nowhere = headings.stream().filter(heading -> classes.stream().noneMatch(type -> says(type, heading))).toList();
        assertEquals(List.of(), nowhere);
    }

    /** All fixed parts of it are in one class; the words that every refusal prints are not part of the class that found it. */
    private static boolean says(String type, String heading) {
        String message = heading.startsWith("found ") ? heading.substring("found ".length()) : heading;
        return Arrays.stream(message.split(ANY)).map(String::strip).allMatch(type::contains);
    }

    /** Each class file as text, one character a byte: its constants are readable in it. */
    private static List<String> classes() throws IOException, URISyntaxException {
        List<String> classes = new ArrayList<>();
        for (Class<?> one : List.of(Options.class, Events.class, Gate.class, Target.class, Prover.class)) {
            Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                read(place, classes);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(place)) {
                    read(jar.getPath("/"), classes);
                }
            }
        }
        return classes;
    }

    private static void read(Path root, List<String> classes) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                classes.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }
}

package io.usr1.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.target.BuiltIn;
import io.usr1.target.Target;
import io.usr1.target.TargetException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a start knows of the built-in targets is what their files say. */
class BuiltInsTest {

    @Test void thereIsARowForEachFileAndNoOther() throws IOException, URISyntaxException, TargetException {
        StringBuilder rows = new StringBuilder();
        for (String name : files()) {
            rows.append(row(BuiltIn.read(name), name)).append('\n');
        }
        assertEquals(rows.toString(), Arrays.stream(BuiltIns.ROWS).map(BuiltInsTest::line).collect(Collectors.joining("\n", "", "\n")),
                "write the rows of BuiltIns as expected here");
    }

    @Test void anObserverWaitsForItsClasses() throws OptionException {
        BuiltIns builtIns = BuiltIns.of(Options.ofArguments(null));
        assertEquals(List.of("httpcore5-strict-pool"), builtIns.waitingFor("org/apache/hc/core5/pool/StrictConnPool"));
        assertTrue(builtIns.waitFor("org/apache/hc/core5/pool/StrictConnPool"));
        assertFalse(builtIns.waitFor("org/apache/hc/core5/pool/PoolEntry"));
        assertFalse(builtIns.waitFor("WithoutPackage"));
    }

    @Test void theOptionSaysWhich() throws OptionException {
        Set<String> unasked = new TreeSet<>(BuiltIns.allNames());
        unasked.removeAll(BuiltIns.OPT_IN);
        assertEquals(unasked, BuiltIns.of(Options.ofArguments("builtins=ON")).names());
        assertTrue(BuiltIns.of(Options.ofArguments("builtins=off")).isEmpty());
        assertEquals(Set.of("httpcore5-strict-pool"), BuiltIns.of(Options.ofArguments("builtins=httpcore5-strict-pool+ httpcore5-strict-pool")).names());
        String problem = assertThrows(OptionException.class, () -> Options.ofArguments("builtins=httpcore6")).getMessage();
        assertTrue(problem.startsWith("usr1.builtins names 'httpcore6', which is no built-in target; "), problem);
    }

    @Test void thePoolsOfTheJdkAreAskedFor() throws OptionException, TargetException {
        for (String name : BuiltIns.allNames()) {
            assertEquals(BuiltIn.read(name).optIn(), BuiltIns.OPT_IN.contains(name), name);
        }
        for (String unasked : new String[] {null, "builtins=jdk-keepalive", "mode=audit", "target.jdk-keepalive.mode=off", "target.jdk-keepalive.mode="}) {
            BuiltIns without = BuiltIns.of(Options.ofArguments(unasked));
            assertEquals(Set.of(), without.optedIn(), unasked);
            assertFalse(without.waitFor("sun/net/www/http/KeepAliveCache"), unasked);
        }
        BuiltIns with = BuiltIns.of(Options.ofArguments("target.jdk-keepalive.mode=observe"));
        assertEquals(Set.of("sun/net/www/http/KeepAliveCache"), with.optedIn());
        assertEquals(Set.of(), BuiltIns.of(Options.ofArguments("builtins=off,target.jdk-keepalive.mode=observe")).optedIn());
        assertTrue(with.names().contains("jdk-keepalive") && !with.names().contains("jdk-http-client"), with.names()::toString);
    }

    private static String row(Target target, String file) {
        assertEquals(file, target.name(), "a built-in target is named as its file");
        Stream<String> names = target.wovenClasses().stream().map(name -> name.replace('.', '/'));
        return line(Stream.concat(Stream.of(target.name()), names.map(name -> target.bypasses().isEmpty() ? name : TargetScan.packageOf(name) + "/").distinct().sorted()).toArray(String[]::new));
    }

    private static String line(String[] row) {
        return "        {\"" + String.join("\", \"", row) + "\"},";
    }

    private static List<String> files() throws IOException, URISyntaxException {
        Path place = Path.of(BuiltIn.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return names(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return names(jar.getPath("/"));
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("io/usr1/target/builtin"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList();
        }
    }
}

package sample.bench.jvm;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A JDK to run measured programs on.
 *
 * @param home    its home directory
 * @param feature its feature version, such as 17
 */
public record Jdk(Path home, int feature) {

    /** Reads the version from the file {@code release} that every JDK has. Throws IllegalArgumentException with a sentence if it cannot. */
    public static Jdk at(Path home) {
        Path release = home.resolve("release");
        try (Reader reader = Files.newBufferedReader(release)) {
            Properties properties = new Properties();
            properties.load(reader);
            String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
            return new Jdk(home.toAbsolutePath(), Runtime.Version.parse(version).feature());
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("--java: " + release + " does not say which version this JDK has; name the home directory of a JDK.");
        }
    }

    /** Homes of the running JDK and of those that {@code USR1_JDKS}, a path list, names; one of each version. */
    public static List<Path> homes() {
        Map<Integer, Path> homes = new TreeMap<>();
        String others = System.getenv("USR1_JDKS");
        List<String> all = new ArrayList<>(List.of(System.getProperty("java.home")));
        all.addAll(others == null || others.isEmpty() ? List.of() : List.of(others.split(File.pathSeparator)));
        all.forEach(home -> homes.putIfAbsent(at(Path.of(home)).feature(), Path.of(home)));
        return List.copyOf(homes.values());
    }

    /** The program. */
    public Path java() {
        return home.resolve("bin/java");
    }
}

package sample.bench.jvm;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK to run measured programs on.
 *
 * @param home    its home directory
 * @param feature its feature version, such as 17
 */
public record Jdk(Path home, int feature) {

    /** Reads the version from the file {@code release} that every JDK has. Throws IllegalArgumentException with a sentence if it cannot. */
    public static Jdk at(Path home) {
        return new Jdk(home.toAbsolutePath(), Runtime.Version.parse(version(home)).feature());
    }

    /** In its own words, such as {@code 17.0.15}. */
    public String version() {
        return version(home);
    }

    private static String version(Path home) {
        Path release = home.resolve("release");
        try (Reader reader = Files.newBufferedReader(release)) {
            Properties properties = new Properties();
            properties.load(reader);
            return Runtime.Version.parse(properties.getProperty("JAVA_VERSION", "").replace("\"", "")).toString();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("--java: " + release + " does not say which version this JDK has; name the home directory of a JDK.");
        }
    }

    /** The program. */
    public Path java() {
        return home.resolve("bin/java");
    }
}

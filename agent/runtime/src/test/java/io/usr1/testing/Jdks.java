package io.usr1.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs that tests fork: the one that runs the build, {@code USR1_JDKS} (a path list), and what lies where the
 * operating system's packages put theirs. One per feature version, at least 17, sorted. {@code USR1_FORKS=own} leaves the one that runs the build.
 *
 * <p>With {@code CI=true} both 17 and 25 must be there; elsewhere a missing one is said on stdout, once per test JVM.
 */
public final class Jdks {

    /** A JDK's home and feature version. Prints as {@code jdk17}. */
    public record Jdk(int feature, Path home) {
        public String java() {
            return home.resolve("bin/java").toString();
        }

        public String javac() {
            return home.resolve("bin/javac").toString();
        }

        public String tool(String name) {
            return home.resolve("bin").resolve(name).toString();
        }

        @Override public String toString() {
            return "jdk" + feature;
        }
    }

    private static final List<Integer> WANTED = List.of(17, 25);
    private static final List<Jdk> FOUND = find();

    private Jdks() {
    }

    public static List<Jdk> all() {
        return FOUND;
    }

    /** As JUnit's MethodSource wants it. */
    public static Stream<Jdk> stream() {
        return FOUND.stream();
    }

    private static List<Jdk> find() {
        TreeMap<Integer, Jdk> byFeature = new TreeMap<>();
        for (Path home : homes()) {
            int feature = feature(home);
            if (feature >= 17 && Files.isExecutable(home.resolve("bin/javac"))) {
                byFeature.putIfAbsent(feature, new Jdk(feature, home));
            }
        }
        if ("own".equals(System.getenv("USR1_FORKS"))) {
            int own = Runtime.version().feature();
            System.out.println("USR1_FORKS=own: only JDK " + own + " is forked");
            return List.of(byFeature.get(own));
        }
        for (int wanted : WANTED) {
            if (!byFeature.containsKey(wanted)) {
                String missing = "JDK " + wanted + " was not found; set USR1_JDKS to a path list that holds its home";
                if ("true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException(missing);
                }
                System.out.println("NOT TESTED: " + missing);
            }
        }
        return List.copyOf(byFeature.values());
    }

    private static List<Path> homes() {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        String given = System.getenv("USR1_JDKS");
        if (given != null) {
            for (String home : given.split(System.getProperty("path.separator"))) {
                homes.add(Path.of(home));
            }
        }
        for (Path folder : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"),
                Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"), Path.of("/Library/Java/JavaVirtualMachines"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    entries.sorted().forEach(entry ->
                            homes.add(Files.isDirectory(entry.resolve("Contents/Home")) ? entry.resolve("Contents/Home") : entry));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return homes;
    }

    /** From the {@code release} file that every JDK has; 0 if there is none. */
    private static int feature(Path home) {
        try {
            Properties release = new Properties();
            release.load(new StringReader(Files.readString(home.resolve("release"))));
            String version = release.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
            return Integer.parseInt(version.split("[.+-]")[0]);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}

package sample.bench.pools;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs to run on: the one that runs this, and what lies beside it or in {@code USR1_JDKS}; one a feature version, 17 at least. */
final class Homes {

    private Homes() {
    }

    static List<Path> all() throws IOException {
        Path running = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>(List.of(running));
        String given = System.getenv("USR1_JDKS");
        if (given != null) {
            Stream.of(given.split(System.getProperty("path.separator"))).map(Path::of).forEach(homes::add);
        }
        try (Stream<Path> beside = Files.list(running.getParent())) {
            beside.sorted().forEach(homes::add);
        }
        TreeMap<Integer, Path> byFeature = new TreeMap<>();
        for (Path home : homes) {
            int feature = Files.isExecutable(home.resolve("bin/java")) ? feature(home) : 0;
            if (feature >= 17) {
                byFeature.putIfAbsent(feature, home);
            }
        }
        return List.copyOf(byFeature.values());
    }

    /** 0 if it does not say. */
    static int feature(Path home) throws IOException {
        return version(home).matches("\\d+.*") ? Integer.parseInt(version(home).split("[.+-]")[0]) : 0;
    }

    /** From the {@code release} file that every JDK has; empty if there is none. */
    static String version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.exists(release)) {
            return "";
        }
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(release)));
        return properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    }
}

package sample.bench.jvm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which JDKs there are to measure on. */
public final class Jdks {

    private static final int OLDEST = 17;

    private Jdks() {
    }

    /** Prints the homes of those that are found, a line each, for scripts. */
    public static void main(String[] none) throws IOException {
        found().forEach(jdk -> System.out.println(jdk.home()));
    }

    /** The running one, those in {@code USR1_JDKS} (a path list) and those beside the running one: one of each version from 17 on, sorted. */
    public static List<Jdk> found() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>(List.of(own));
        String given = System.getenv("USR1_JDKS");
        if (given != null) {
            Stream.of(given.split(File.pathSeparator)).map(Path::of).forEach(homes::add);
        }
        try (Stream<Path> beside = Files.list(own.toAbsolutePath().getParent())) {
            beside.sorted().forEach(homes::add);
        }
        TreeMap<Integer, Jdk> byFeature = new TreeMap<>();
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/javac")) && Files.isRegularFile(home.resolve("release"))) {
                Jdk jdk = Jdk.at(home);
                byFeature.putIfAbsent(jdk.feature(), jdk);
            }
        }
        return List.copyOf(byFeature.tailMap(OLDEST).values());
    }
}

package sample.bench.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A pool of a few classes among the test resources, for places where the proxy does not go. */
final class SmallPool {

    static final String MAIN = "small.Main";
    static final long WAKES = 48_000;
    /** Of connections in use: what there is to bypass. */
    static final long BYPASSED = 40_000;

    private static final List<String> SOURCES = Stream.of("Connection", "Counters", "IdleConns", "Loop", "Main", "MonitorWake", "ReentrantWake",
            "Tasklet", "Thief", "Wake", "Worker").map(name -> "small/" + name + ".java").toList();

    private SmallPool() {
    }

    /** Its target file. */
    static Path target(Path folder) throws IOException {
        Path target = folder.resolve("small.yaml");
        try (InputStream in = SmallPool.class.getResourceAsStream("small/small.yaml")) {
            Files.copy(in, target);
        }
        return target;
    }

    /** A jar with these lines in its manifest and these sources besides its own. */
    static Path jar(Path folder, Map<String, String> manifest, String... sources) throws IOException {
        Path classes = Sources.compile(Stream.concat(SOURCES.stream(), Stream.of(sources)).toList(), folder.resolve("small"));
        return Sources.pack(classes, manifest, folder.resolve("small.jar"));
    }
}

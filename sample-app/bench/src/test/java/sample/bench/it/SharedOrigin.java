package sample.bench.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sample.bench.load.Origin;

/** One origin for all tests: it checks every request and keeps nothing between two of them. Ends when this JVM ends. */
final class SharedOrigin {

    private static String address;

    private SharedOrigin() {
    }

    /** {@code HOST:PORT}; starts it if it does not run yet. */
    static synchronized String address() throws IOException, InterruptedException {
        if (address == null) {
            String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
            Path errors = Files.createTempFile("origin", ".err");
            errors.toFile().deleteOnExit();
            Jvm jvm = Jvm.start(List.of(java, "-cp", System.getProperty("java.class.path"), Origin.class.getName()), errors);
            address = jvm.awaitReady().replace("ready origin=", "");
        }
        return address;
    }
}

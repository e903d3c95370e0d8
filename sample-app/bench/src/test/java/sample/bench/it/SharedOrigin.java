package sample.bench.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sample.bench.load.Origin;

/** One origin for all tests: it checks every request and keeps nothing between two of them. Ends when this JVM ends. */
final class SharedOrigin {

    private static String address;
    private static String tlsAddress;

    private SharedOrigin() {
    }

    /** {@code HOST:PORT}; starts it if it does not run yet. */
    static synchronized String address() throws IOException, InterruptedException {
        if (address == null) {
            address = start(List.of());
        }
        return address;
    }

    /** The same with TLS, with {@link Certificate}'s; a process of its own. */
    static synchronized String tlsAddress() throws IOException, InterruptedException {
        if (tlsAddress == null) {
            tlsAddress = start(List.of(Certificate.keys().toString()));
        }
        return tlsAddress;
    }

    private static String start(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp", System.getProperty("java.class.path"), Origin.class.getName()));
        command.addAll(arguments);
        Path errors = Files.createTempFile("origin", ".err");
        errors.toFile().deleteOnExit();
        return Jvm.start(command, errors).awaitReady().replace("ready origin=", "");
    }
}

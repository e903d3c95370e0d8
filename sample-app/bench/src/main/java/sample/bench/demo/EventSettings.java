package sample.bench.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The settings of the agent's events for a recording. They come with the agent's jar; a JVM reads them only from a file. */
final class EventSettings {

    private static final String NAME = "usr1.jfc";

    private EventSettings() {
    }

    /** Copies the agent's {@code usr1.jfc} to a file. Throws DemoFailure if the jar has none. */
    static void extract(Path agent, Path file) throws IOException {
        try (JarFile jar = new JarFile(agent.toFile())) {
            JarEntry entry = jar.stream().filter(each -> Path.of(each.getName()).endsWith(NAME)).findFirst().orElseThrow(() ->
                    new DemoFailure("--agent: " + agent + " holds no " + NAME + ", the settings of its events; is it the agent's jar?"));
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

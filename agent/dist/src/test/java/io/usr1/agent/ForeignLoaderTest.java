package io.usr1.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.target.Target;
import io.usr1.target.TargetReader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool that is spread over two class loaders is not woven in either. */
class ForeignLoaderTest {

    private static final String TARGET = """
            target: mini
            package: org.example
            carrier: { class: Tasklet }
            ownership: { replaces-carrier: { carrier-field: C.tasklet, context-field: Tasklet.context, takeover: P#takeover } }
            locks: { main: { kind: reentrant, field: P.lock } }
            set: [ { method: P#insert, at: entry, carrier: arg0.tasklet } ]
            """;

    @TempDir
    private Path folder;

    @Test void theCarrierInTheParent() throws Exception {
        try (URLClassLoader parent = loader(null, "parent", "Tasklet"); URLClassLoader child = loader(parent, "child", "P")) {
            String refusal = new LoaderView(new LoaderRef(child), null).foreign(target()).orElseThrow().toString();
            assertTrue(refusal.startsWith("target mini: org.example.Tasklet: found a class of another loader ("), refusal);
        }
    }

    @Test void allInOneIsFine() throws Exception {
        try (URLClassLoader parent = loader(null, "parent"); URLClassLoader child = loader(parent, "child", "P", "Tasklet")) {
            assertEquals(Optional.empty(), new LoaderView(new LoaderRef(child), null).foreign(target()));
        }
    }

    /** A loader that looks at its own classes first defines all of them, although its parent has the same jar. */
    @Test void allInBothIsFine() throws Exception {
        try (URLClassLoader parent = loader(null, "same", "P", "Tasklet"); URLClassLoader child = loader(parent, "same")) {
            assertEquals(Optional.empty(), new LoaderView(new LoaderRef(child), null).foreign(target()));
        }
    }

    private URLClassLoader loader(ClassLoader parent, String name, String... classes) throws IOException {
        Path here = Files.createDirectories(folder.resolve(name).resolve("org/example"));
        for (String type : classes) {
            Files.createFile(here.resolve(type + ".class"));
        }
        return new URLClassLoader(new URL[] {folder.resolve(name).toUri().toURL()}, parent);
    }

    private static Target target() throws Exception {
        return TargetReader.read("mini.yaml", TARGET);
    }
}

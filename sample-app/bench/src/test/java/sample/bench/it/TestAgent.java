package sample.bench.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Another agent in the same JVM, from one source file among the resources, compiled against what applications see of ours. */
final class TestAgent {

    private TestAgent() {
    }

    /**
     * Compiles and packs it.
     *
     * @param name  of the class with the {@code premain}, which is that of the source file, behind its package if it has one
     * @param path  what it is compiled against besides the JDK
     * @return the jar, to be named after {@code -javaagent:}
     */
    static Path build(String name, Path folder, Path... path) throws IOException {
        String source = name.substring(name.lastIndexOf('.') + 1) + ".java";
        Path classes = Sources.compile(List.of(source), folder.resolve(name), path);
        return Sources.pack(classes, Map.of("Premain-Class", name, "Agent-Class", name, "Can-Retransform-Classes", "true"), folder.resolve(name + ".jar"));
    }
}

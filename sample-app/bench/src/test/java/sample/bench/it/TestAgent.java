package sample.bench.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

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
        Path classes = compile(name.substring(name.lastIndexOf('.') + 1), folder, path);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), name);
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(out, manifest)) {
            addAll(classes, packed);
        }
        return jar;
    }

    private static Path compile(String name, Path folder, Path... path) throws IOException {
        Path source = Files.createDirectories(folder.resolve(name + "-source")).resolve(name + ".java");
        try (InputStream in = TestAgent.class.getResourceAsStream(name + ".java")) {
            Files.copy(in, source);
        }
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "-cp",
                String.join(System.getProperty("path.separator"), Stream.of(path).map(Path::toString).toList()), source.toString()));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(name + ".java does not compile; see standard error");
        }
        return classes;
    }

    private static void addAll(Path classes, JarOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }
}

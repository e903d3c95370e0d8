package sample.bench.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Sources among the resources, compiled and packed by the test: what is in them must not lie on the tests' own class path. */
public final class Sources {

    private Sources() {
    }

    /**
     * Compiles for Java 17.
     *
     * @param names  of resources of this package, or whole names of others
     * @param folder is made and taken for both sources and classes
     * @param path   what they are compiled against besides the JDK
     * @return the folder of the classes
     */
    public static Path compile(List<String> names, Path folder, Path... path) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-g", "-d", classes.toString(), "-cp",
                String.join(System.getProperty("path.separator"), Stream.of(path).map(Path::toString).toList())));
        for (String name : names) {
            Path source = Files.createDirectories(folder).resolve(name.substring(name.lastIndexOf('/') + 1));
            try (InputStream in = Sources.class.getResourceAsStream(name)) {
                Files.copy(in, source);
            }
            arguments.add(source.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(names + " do not compile; see standard error");
        }
        return classes;
    }

    static Path pack(Path classes, Map<String, String> attributes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().put(new Attributes.Name(name), value));
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(out, manifest)) {
            addAll(classes, packed);
        }
        return jar;
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

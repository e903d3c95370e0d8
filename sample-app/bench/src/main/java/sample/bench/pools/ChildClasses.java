package sample.bench.pools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The classes that run in the child JVMs, compiled from sources among the resources against the very version of the library: one
 * work for all versions, and none of their classes on this module's own class path.
 */
final class ChildClasses {

    private static final String TALLY = "pools/Tally";

    private final Path folder;
    private final Path real;
    private final Path tally;

    /**
     * Compiles the agent that counts.
     *
     * @param folder for what is compiled
     * @param real   folder with a folder of jars for each library
     */
    ChildClasses(Path folder, Path real) throws IOException {
        this.folder = folder;
        this.real = real;
        List<Path> asm = List.of(home(ClassReader.class), home(ClassNode.class));
        Path classes = compile("tally", List.of("Tally", "TallyAgent"), List.of(), path(asm));
        this.tally = pack(classes, asm, folder.resolve("tally.jar"));
    }

    Path tally() {
        return tally;
    }

    /** Class path of a child that uses the library. */
    String classPath(Library library) throws IOException {
        Path jars = real.resolve(library.name());
        if (!Files.isDirectory(jars)) {
            throw new IOException("no folder " + jars + "; build with 'mvn -q -DskipTests package', which fetches the jars");
        }
        // Without the agent that counts its class is still linked, and does nothing.
        List<Path> path = new ArrayList<>();
        try (Stream<Path> files = Files.list(jars)) {
            files.sorted().forEach(path::add);
        }
        path.add(tally);
        path.add(compile(library.name(), List.of("Work", "PoolRun", "Counters", library.work()), library.adapted(), path(path)));
        return path(path);
    }

    private Path compile(String name, List<String> sources, List<String> adapted, String path) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name).resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-Xlint:-options", "-d", classes.toString(), "-cp", path));
        for (String source : sources) {
            Path file = folder.resolve(name).resolve(source + ".java");
            String text = text(source + ".java");
            for (int i = 0; i < adapted.size(); i += 2) {
                text = text.replace(adapted.get(i), adapted.get(i + 1));
            }
            Files.writeString(file, text);
            arguments.add(file.toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException(sources + " do not compile against " + path + "; see standard error");
        }
        return classes;
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = ChildClasses.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path pack(Path classes, List<Path> path, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Premain-Class"), TALLY.replace('/', '.') + "Agent");
        attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
        attributes.put(Attributes.Name.CLASS_PATH, path.stream().map(one -> one.toUri().toString()).collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream packed = new JarOutputStream(out, manifest); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
        return jar;
    }

    private static Path home(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException odd) {
            throw new IOException(odd);
        }
    }

    private static String path(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
    }
}

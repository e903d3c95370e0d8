package io.usr1.weaver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.usr1.testing.Jdks;

import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** Sources below the test resources, compiled by the javac of a JDK that is forked for it: the shapes are javac's. */
final class Fixture {

    private final Map<String, byte[]> classes = new TreeMap<>();

    private Fixture() {
    }

    /**
     * @param jdk    null for the JVM's own javac
     * @param change applied to each source before it is compiled
     */
    static Fixture compile(Jdks.Jdk jdk, String folder, UnaryOperator<String> change) throws IOException, InterruptedException {
        // Concatenation without invokedynamic, so that the classes can be made into older ones.
        return compile(folder, change, "-XDstringConcat=inline", (command, log) -> compile(jdk, command, log));
    }

    /** The same by Eclipse's compiler. */
    static Fixture ecj(String folder) throws IOException, InterruptedException {
        return compile(folder, source -> source, "-nowarn", (command, log) -> {
            StringWriter said = new StringWriter();
            PrintWriter out = new PrintWriter(said);
            if (!BatchCompiler.compile(command.toArray(new String[0]), out, out, null)) {
                throw new IllegalStateException("ecj: " + said);
            }
        });
    }

    /** Compiles; what it says goes to the log. */
    private interface Compiler {
        void run(List<String> arguments, Path log) throws IOException, InterruptedException;
    }

    private static Fixture compile(String folder, UnaryOperator<String> change, String option, Compiler compiler) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("fixture");
        try {
            Path out = Files.createDirectory(work.resolve("out"));
            List<String> arguments = new ArrayList<>(List.of("--release", "17", "-g", option, "-proc:none", "-nowarn", "-d", out.toString()));
            try (Stream<Path> sources = Files.list(Path.of(Fixture.class.getResource("/" + folder).toURI()))) {
                for (Path source : sources.sorted().toList()) {
                    Path copy = work.resolve(source.getFileName().toString());
                    Files.writeString(copy, change.apply(Files.readString(source)));
                    arguments.add(copy.toString());
                }
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
            compiler.run(arguments, work.resolve("log"));
            Fixture fixture = new Fixture();
            walk(out).filter(Files::isRegularFile).forEach(file -> fixture.put(out, file));
            return fixture;
        } finally {
            List<Path> all = new ArrayList<>(walk(work).toList());
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.delete(all.get(i));
            }
        }
    }

    /** The same by the javac of this JVM, in this process: faster. */
    static Fixture compile(String folder, UnaryOperator<String> change) throws IOException, InterruptedException {
        return compile(null, folder, change);
    }

    private static void compile(Jdks.Jdk jdk, List<String> arguments, Path log) throws IOException, InterruptedException {
        if (jdk == null) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(new String[0])) != 0) {
                throw new IllegalStateException("javac: " + said);
            }
            return;
        }
        List<String> command = new ArrayList<>(arguments);
        command.add(0, jdk.javac());
        Process javac = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!javac.waitFor(2, TimeUnit.MINUTES) || javac.exitValue() != 0) {
            javac.destroyForcibly();
            throw new IllegalStateException("javac: " + Files.readString(log));
        }
    }

    ClassSource source() {
        return classes::get;
    }

    byte[] bytes(String name) {
        return classes.get(name);
    }

    Map<String, byte[]> classes() {
        return classes;
    }

    /** A loader of these classes, those that are in {@code woven} in that form. */
    ClassLoader loader(Map<String, byte[]> woven) {
        return new ClassLoader(Fixture.class.getClassLoader()) {
            @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = woven.getOrDefault(name, classes.get(name));
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private void put(Path out, Path file) {
        try {
            String name = out.relativize(file).toString().replace('/', '.').replace('\\', '.');
            classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path root) throws IOException {
        return Files.walk(root);
    }
}

package sample.bench.stub;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** Makes the jars that the demo is given in place of the proxy's and the agent's. */
public final class StubJars {

    private StubJars() {
    }

    /** A jar that runs the stub; its classes stay where the tests' class path has them. */
    public static Path proxy(Path directory, Class<? extends StubProxy> main) throws IOException {
        Manifest manifest = manifest();
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH,
                Arrays.stream(classPath).map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        Path jar = directory.resolve(main.getSimpleName() + ".jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    /** A jar with {@link NoAgent} and settings for no event. */
    public static Path agent(Path directory) throws IOException {
        Manifest manifest = manifest();
        manifest.getMainAttributes().putValue("Premain-Class", NoAgent.class.getName());
        Path jar = directory.resolve("agent.jar");
        String entry = NoAgent.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytes = NoAgent.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new ZipEntry(entry));
            bytes.transferTo(out);
            out.putNextEntry(new ZipEntry("usr1.jfc"));
            out.write("<configuration version=\"2.0\"/>".getBytes(StandardCharsets.US_ASCII));
        }
        return jar;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }
}

package io.usr1.cli;

import io.usr1.weaver.ClassSource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

/**
 * A class path as {@code java -cp} reads it: folders, jars with what their manifests name, {@code dir/*}, multi-release jars
 * as the JVM that runs would see them. What {@code java} would leave out without a word is left out with one.
 */
final class ClassPath implements ClassSource, AutoCloseable {

    private final List<URL> urls = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final URLClassLoader loader;

    private ClassPath(String text) throws MalformedURLException {
        for (String entry : text.split(File.pathSeparator, -1)) {
            add(entry.isEmpty() ? "." : entry);
        }
        // Nothing is defined by it: its parent is asked first, as the application's own loader would.
        this.loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    static ClassPath of(String text) throws MalformedURLException {
        return new ClassPath(text);
    }

    /** True if no entry can hold a class. */
    boolean isEmpty() {
        return urls.isEmpty();
    }

    /** Sentences about entries that are left out. */
    List<String> notes() {
        return notes;
    }

    @Override public byte[] bytes(String binaryName) {
        try (InputStream in = loader.getResourceAsStream(binaryName.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            return null;
        }
    }

    @Override public void close() throws IOException {
        loader.close();
    }

    private void add(String entry) throws MalformedURLException {
        File file = new File(entry);
        if (file.getName().equals("*")) {
            addJars(entry, file.getParentFile() == null ? new File(".") : file.getParentFile());
        } else if (!file.exists()) {
            notes.add("class path entry '" + entry + "' is not there; it is left out, as java does");
        } else if (file.isDirectory() || isJar(file)) {
            urls.add(file.toURI().toURL());
        } else {
            notes.add("class path entry '" + entry + "' is no folder and no jar that can be read; it is left out");
        }
    }

    private void addJars(String entry, File folder) throws MalformedURLException {
        File[] jars = folder.listFiles(file -> file.isFile() && file.getName().toLowerCase(Locale.ROOT).endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            notes.add("class path entry '" + entry + "' finds no jars; it is left out");
            return;
        }
        Arrays.sort(jars); // The JVM does not say in which order it takes them.
        for (File jar : jars) {
            add(jar.getPath());
        }
    }

    private static boolean isJar(File file) {
        try {
            new ZipFile(file).close();
            return true;
        } catch (IOException noJar) {
            return false;
        }
    }
}

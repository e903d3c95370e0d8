package io.usr1.entry;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The agent's own loader: classes under {@link #PREFIX} of the agent jar, above them only the JDK and the runtime. The
 * application's classes are out of its sight and it is out of theirs.
 */
final class AgentLoader extends ClassLoader {

    /** Where the build puts everything that is not for the boot loader. */
    static final String PREFIX = "META-INF/usr1/";

    /** What the names of all classes start with that the build puts there, and of the runtime's above. */
    private static final String OWN = "io.usr1.";

    static {
        registerAsParallelCapable();
    }

    private final File file;
    /** No {@link java.util.jar.JarFile}, which looks at manifest and signatures again for each of a thousand classes. */
    private final ZipFile jar;

    /** @param parent the platform's loader, or the one that {@code java -jar} made, which has nothing but this jar */
    AgentLoader(File file, ClassLoader parent) throws IOException {
        super("usr1-agent", parent);
        this.file = file;
        this.jar = new ZipFile(file);
    }

    /** What is here is nowhere above, where it would be looked for in vain first, a thousand times. */
    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OWN)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            Class<?> own = known == null ? defined(name) : known;
            return own == null ? super.loadClass(name, resolve) : own;
        }
    }

    @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> own = name.startsWith(OWN) ? null : defined(name);
        if (own == null) {
            throw new ClassNotFoundException(name);
        }
        return own;
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = bytes(name.replace('.', '/') + ".class");
            return bytes == null ? null : defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override protected URL findResource(String name) {
        if (jar.getEntry(PREFIX + name) == null) {
            return null;
        }
        try {
            return new URL("jar:" + file.toURI().toURL() + "!/" + PREFIX + name);
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override protected Enumeration<URL> findResources(String name) {
        URL url = findResource(name);
        return url == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(url));
    }

    private byte[] bytes(String name) throws IOException {
        ZipEntry entry = jar.getEntry(PREFIX + name);
        if (entry == null) {
            return null;
        }
        byte[] bytes = new byte[(int) entry.getSize()];
        try (InputStream in = jar.getInputStream(entry)) {
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException(name);
            }
        }
        return bytes;
    }
}

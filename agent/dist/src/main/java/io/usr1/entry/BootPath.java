package io.usr1.entry;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URL;
import java.util.jar.JarFile;

/**
 * The runtime must be visible to every loader, hence on the boot path. The jar's manifest says so
 * ({@code Boot-Class-Path}), which the JVM obeys before it starts and without a word; if the jar was renamed, the same
 * jar is appended here. Nothing else in the jar can be seen by an application: it lies under a prefix.
 */
final class BootPath {

    private static final String RUNTIME = "io.usr1.runtime.Gate";

    private BootPath() {
    }

    /** Looks the jar up by one of its classes; not done at start, because that opens the jar a second time. */
    static File agentJar() throws IOException {
        String self = Premain.class.getName().replace('.', '/') + ".class";
        URL url = ClassLoader.getSystemResource(self);
        if (url == null || !"jar".equals(url.getProtocol())) {
            throw new IOException("the agent's own jar was not found on the class path");
        }
        String path = url.getPath();
        return new File(URI.create(path.substring(0, path.length() - self.length() - 2)));
    }

    /**
     * True if the jar had to be appended just now. The caller then is not of the boot loader, unlike everything that it
     * will load from here on, and must let that loader's copy of itself go on.
     */
    static boolean appended(Instrumentation instrumentation) throws IOException {
        try {
            Class.forName(RUNTIME, false, null);
            return false;
        } catch (ClassNotFoundException notYet) {
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(agentJar()));
            return true;
        }
    }
}

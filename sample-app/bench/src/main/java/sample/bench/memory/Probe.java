package sample.bench.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.openjdk.jol.info.ClassLayout;

/**
 * In a JVM of its own: loads and links the classes of a library's package, in a loader of their own, and prints what they take. Takes the
 * package, the carriers' names separated by commas (empty: whatever the agent has made one) and the jars.
 */
final class Probe {

    private static final String LOADER = "measured";
    private static final Pattern USED = Pattern.compile("\"" + LOADER + "\" instance of [^\\n]*\\n(?:.*\\n){2} *Both:.* (\\d+) bytes \\([^)]*\\) used");

    private Probe() {
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        List<Path> jars = Arrays.stream(args).skip(2).map(Path::of).toList();
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        Set<String> wanted = Set.of(args[1].split(","));
        try (URLClassLoader loader = new URLClassLoader(LOADER, urls, ClassLoader.getPlatformClassLoader())) {
            List<Class<?>> carriers = new ArrayList<>();
            for (String name : names(jars, args[0])) {
                Class<?> loaded = link(name, loader);
                if (loaded != null && (wanted.contains(name) || Arrays.stream(loaded.getInterfaces()).anyMatch(one -> one.getName().startsWith("io.usr1.runtime.")))) {
                    carriers.add(loaded);
                }
            }
            System.out.println("metaspace " + metaspace());
            for (Class<?> carrier : carriers) {
                System.out.println("carrier " + carrier.getName() + " " + ClassLayout.parseClass(carrier).instanceSize());
            }
        }
        System.out.println("end");
    }

    private static List<String> names(List<Path> jars, String start) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().map(entry -> entry.getName().replace('/', '.')).filter(name -> name.startsWith(start + ".") && name.endsWith(".class"))
                        .map(name -> name.substring(0, name.length() - ".class".length())).forEach(names::add);
            }
        }
        return names;
    }

    /** Null for a class that needs what is not there. The JVM links a class before it lists its methods. */
    private static Class<?> link(String name, ClassLoader loader) throws ClassNotFoundException {
        try {
            Class<?> loaded = Class.forName(name, false, loader);
            loaded.getDeclaredMethods();
            return loaded;
        } catch (LinkageError missing) {
            return null;
        }
    }

    /** Bytes of metaspace that are in use by the loader. */
    private static long metaspace() throws JMException {
        Object said = ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmMetaspace",
                new Object[] {new String[] {"show-loaders", "scale=1"}}, new String[] {String[].class.getName()});
        Matcher used = USED.matcher((String) said);
        if (!used.find()) {
            throw new IllegalStateException("the JVM does not say what the loader '" + LOADER + "' uses; VM.metaspace prints something else than it did");
        }
        return Long.parseLong(used.group(1));
    }
}

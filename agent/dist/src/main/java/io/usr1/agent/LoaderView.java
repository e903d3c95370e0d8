package io.usr1.agent;

import io.usr1.target.Target;
import io.usr1.weaver.Refusal;
import io.usr1.weaver.WovenLinks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be known of a class loader's classes without loading one. Holds the loader weakly: a plan keeps its view as long
 * as the transformer keeps the plan, and neither may keep an application's loader alive.
 */
final class LoaderView {

    private final LoaderRef loader;
    private final Instrumentation instrumentation;

    LoaderView(LoaderRef loader, Instrumentation instrumentation) {
        this.loader = loader;
        this.instrumentation = instrumentation;
    }

    static String name(ClassLoader loader) {
        if (loader == null) {
            return "boot";
        }
        String name = loader.getName();
        return name != null ? name : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
    }

    /** The class file as the loader would find it; null if it finds none. */
    byte[] bytes(String binaryName) {
        ClassLoader reader = loader.reader();
        if (reader == null) {
            return null;
        }
        try (InputStream in = reader.getResourceAsStream(binaryName.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    /** Classes of these packages that this loader has defined already. */
    List<Class<?>> loaded(Set<String> packages) {
        ClassLoader alive = loader.get();
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == alive && !type.isArray() && packages.contains(type.getPackageName())) {
                found.add(type);
            }
        }
        return found;
    }

    /**
     * A loader that hides the boot loader's classes would make woven code fail to link, in the application.
     *
     * <p>All of them are asked for, by {@code Class.forName}, and not one as a sample: a loader's answer may depend on who
     * asks (Felix and Equinox give the agent what they deny a bundle). Of a class that was found this way the JVM records
     * the loader as an initiating one (JVMS 5.3), and then links woven classes to it without asking the loader again.
     */
    Optional<Refusal> cannotSeeRuntime(Target target) {
        ClassLoader alive = loader.get();
        if (WovenLinks.RUNTIME.stream().allMatch(type -> finds(alive, type))) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(target.name(), "class loader " + name(alive), 0, "io.usr1.runtime is not visible there",
                "a loader that delegates to the boot loader", "add io.usr1.runtime to the loader's boot delegation"
                        + " (org.osgi.framework.bootdelegation, jboss.modules.system.pkgs)"));
    }

    private static boolean finds(ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError hidden) {
            return false;
        }
    }

    /**
     * The classes of a target that this loader would leave to its parent, while it defines others of them itself. Such a
     * pool is woven half here and half there, and nobody could say when all of it is marked.
     */
    Optional<Refusal> foreign(Target target) {
        ClassLoader alive = loader.get();
        ClassLoader parent = alive == null ? null : alive.getParent();
        List<String> theirs = new ArrayList<>();
        for (String name : target.wovenClasses()) {
            String file = name.replace('.', '/') + ".class";
            URL own = alive == null ? null : alive.getResource(file);
            if (own != null && parent != null && own.equals(parent.getResource(file))) {
                theirs.add(name);
            }
        }
        // All of them: one jar in both class paths, of a loader that looks at its own first.
        return theirs.isEmpty() || theirs.size() == target.wovenClasses().size() ? Optional.empty()
                : Optional.of(new Refusal(target.name(), theirs.get(0), 0, "a class of another loader (" + name(parent) + ") than the rest of the pool",
                        "all classes of the target defined by one loader (" + name(alive) + ")", "put the pool's jars into one class path"));
    }

    /** A class that is loaded cannot get a field or a method any more, so its marks would be missed. */
    List<Refusal> loadedTooEarly(Target target) {
        ClassLoader alive = loader.get();
        Set<String> names = target.wovenClasses();
        List<Refusal> refusals = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == alive && names.contains(type.getName())) {
                refusals.add(new Refusal(target.name(), type.getName(), 0, "the class was loaded before the agent saw it",
                        "a class that is not loaded yet", "start the JVM with -javaagent, before agents that load this class"));
            }
        }
        return refusals;
    }
}

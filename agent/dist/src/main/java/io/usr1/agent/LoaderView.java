package io.usr1.agent;

import io.usr1.target.Target;
import io.usr1.weaver.Refusal;
import io.usr1.weaver.WovenLinks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be known of a class loader's classes without loading one. Holds the loader weakly: a plan keeps its view as long
 * as the transformer keeps the plan, and neither may keep an application's loader alive.
 */
final class LoaderView {

    private final WeakReference<ClassLoader> loader;
    private final Instrumentation instrumentation;

    LoaderView(ClassLoader loader, Instrumentation instrumentation) {
        this.loader = new WeakReference<>(loader);
        this.instrumentation = instrumentation;
    }

    static String name(ClassLoader loader) {
        String name = loader.getName();
        return name != null ? name : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
    }

    /** The class file as the loader would find it; null if it finds none. */
    byte[] bytes(String binaryName) {
        ClassLoader alive = loader.get();
        if (alive == null) {
            return null;
        }
        try (InputStream in = alive.getResourceAsStream(binaryName.replace('.', '/') + ".class")) {
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

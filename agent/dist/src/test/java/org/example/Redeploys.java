package org.example;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** A server that deploys an application with a pool two hundred times. */
public final class Redeploys {

    private static final int TIMES = 200;
    /** After so many, everything that is loaded once is. */
    private static final int WARM = 20;

    private Redeploys() {
    }

    /** Prints how many loaders were made, how many of them and of their gates are still there, and what the JVM holds now and held when it was warm. */
    public static void main(String[] classes) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        int woven = 0;
        String warm = null;
        for (int i = 0; i < TIMES; i++) {
            loaders.add(deploy(new File(classes[0]).toURI().toURL()));
            woven = Math.max(woven, io.usr1.runtime.Gates.all().size());
            if (i == WARM) {
                warm = held(loaders);
            }
        }
        String held = held(loaders);
        System.out.println("loaders=" + loaders.size() + " woven=" + (woven > 0) + " alive=" + alive(loaders) + " gates=" + io.usr1.runtime.Gates.all().size()
                + " warm=" + warm + " end=" + held);
    }

    /** Loaded classes and bytes of metaspace, once everything is collected that can be. */
    private static String held(List<WeakReference<ClassLoader>> loaders) {
        long end = System.nanoTime() + 120_000_000_000L;
        while (System.nanoTime() < end && (alive(loaders) > 0 || !io.usr1.runtime.Gates.all().isEmpty())) {
            System.gc();
        }
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed()).sum();
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() + "/" + metaspace;
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private static WeakReference<ClassLoader> deploy(URL classes) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        Method use = Class.forName("org.example.pool.Driver$Use", true, loader).getDeclaredMethod("all");
        use.setAccessible(true);
        if (!String.valueOf(use.invoke(null)).startsWith("handled=201 ")) {
            throw new IllegalStateException("not the same work");
        }
        loader.close();
        return new WeakReference<>(loader);
    }
}

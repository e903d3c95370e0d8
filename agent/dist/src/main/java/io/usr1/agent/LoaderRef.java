package io.usr1.agent;

import java.lang.ref.WeakReference;

/** A class loader, held weakly; or the boot loader, which is null and never goes. */
final class LoaderRef {

    private final boolean boot;
    private final WeakReference<ClassLoader> loader;

    LoaderRef(ClassLoader loader) {
        this.boot = loader == null;
        this.loader = new WeakReference<>(loader);
    }

    /** Null for the boot loader, and for one that is {@link #gone}. */
    ClassLoader get() {
        return loader.get();
    }

    boolean gone() {
        return !boot && loader.get() == null;
    }

    /** Whom to ask for its class files; null if it is gone. The boot loader has no object to ask: its child has no other file for a class of it. */
    ClassLoader reader() {
        return boot ? ClassLoader.getPlatformClassLoader() : loader.get();
    }
}

package io.usr1.agent;

import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Gives each class that is defined to the targets that care. One {@link LoaderTarget} per target and class loader; the
 * loader is held weakly, and so its gates go when it goes.
 */
final class WeavingTransformer implements ClassFileTransformer {

    private final List<Target> targets;
    private final Instrumentation instrumentation;
    private final Decisions decisions;
    private final Map<ClassLoader, List<LoaderTarget>> byLoader = new WeakHashMap<>();
    private final List<LoaderTarget> all = new ArrayList<>();
    private final ModeWatch modes;

    WeavingTransformer(List<Target> targets, Instrumentation instrumentation, ModeWatch modes, Decisions decisions) {
        this.targets = targets;
        this.instrumentation = instrumentation;
        this.modes = modes;
        this.decisions = decisions;
    }

    @Override public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined,
                                      ProtectionDomain domain, byte[] bytes) {
        // The boot loader's classes and the agent's own are nobody's target.
        if (loader == null || name == null || loader == WeavingTransformer.class.getClassLoader()) {
            return null;
        }
        String binaryName = name.replace('/', '.');
        byte[] result = null;
        for (LoaderTarget target : of(loader)) {
            byte[] woven = target.transform(binaryName, redefined, result == null ? bytes : result);
            result = woven == null ? result : woven;
        }
        return result;
    }

    /** Switches the gates of one target that are there; those to come ask {@link ModeWatch}. */
    void mode(String name, Mode next) {
        for (LoaderTarget target : all()) {
            if (target.target().name().equals(name)) {
                target.mode(next);
            }
        }
    }

    /** Drops the gates of loaders that are gone, and with them their classes; so redeploying leaves nothing behind. */
    synchronized void look() {
        for (Iterator<LoaderTarget> each = all.iterator(); each.hasNext();) {
            LoaderTarget target = each.next();
            if (target.loaderIsGone()) {
                each.remove();
                target.dropGate();
            }
        }
    }

    synchronized List<LoaderTarget> all() {
        return List.copyOf(all);
    }

    List<Target> targets() {
        return targets;
    }

    private synchronized List<LoaderTarget> of(ClassLoader loader) {
        return byLoader.computeIfAbsent(loader, unseen -> {
            List<LoaderTarget> fresh = new ArrayList<>();
            for (Target target : targets) {
                fresh.add(new LoaderTarget(target, unseen, instrumentation, modes, decisions));
            }
            all.addAll(fresh);
            return fresh;
        });
    }
}

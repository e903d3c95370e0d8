package io.usr1.agent;

import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * Gives each class that is defined to the targets that care. One {@link LoaderTarget} per target and class loader; the
 * loader is held weakly, and so its gates go when it goes.
 */
final class WeavingTransformer implements ClassFileTransformer {

    private boolean late;
    private final Instrumentation instrumentation;
    private final Decisions decisions;
    private final Map<ClassLoader, List<LoaderTarget>> byLoader = new WeakHashMap<>();
    private final List<LoaderTarget> all = new ArrayList<>();
    private final GoneLoaders gone = new GoneLoaders();
    private final ModeWatch modes;
    private final JdkPools jdk;
    private List<Target> targets = List.of();
    private volatile BuiltInTargets builtIns;
    private boolean resting;

    /** @param late the application runs already */
    WeavingTransformer(boolean late, Instrumentation instrumentation, ModeWatch modes, Decisions decisions) {
        this.late = late;
        this.instrumentation = instrumentation;
        this.modes = modes;
        this.jdk = new JdkPools(instrumentation);
        this.decisions = decisions;
    }

    @Override public byte[] transform(Module module, ClassLoader loader, String name, Class<?> redefined,
                                      ProtectionDomain domain, byte[] bytes) {
        // The boot loader's classes, unless somebody asked for them, and the agent's own are nobody's target.
        if (name == null || jdk.leaves(loader, name) || loader == WeavingTransformer.class.getClassLoader()) {
            return null;
        }
        String binaryName = name.replace('/', '.');
        if (builtIns.waitFor(name)) {
            meet(name);
        }
        jdk.link(module, name);
        byte[] result = null;
        for (LoaderTarget target : of(loader)) {
            byte[] woven = target.transform(binaryName, redefined, result == null ? bytes : result);
            result = woven == null ? result : woven;
        }
        return result;
    }

    /**
     * Sets the targets, and goes on if it rested. Those of a name that was there before stay what they were in loaders
     * where they are woven; each loader learns of the others.
     */
    synchronized void targets(List<Target> next, BuiltInTargets more) {
        resting = false;
        targets = List.copyOf(next);
        builtIns = more;
        jdk.add(more.optedIn());
        // Loaders whose targets are forgotten are met anew, with those of now; a rested agent comes late to all of them.
        inKnownLoaders(next, true);
    }

    /**
     * Before the first class that a built-in target waits for goes on its way. Another thread that brings such a class waits
     * here, so no class of the target goes by unseen.
     */
    private synchronized void meet(String internalName) {
        if (!resting && builtIns.waitFor(internalName)) {
            List<Target> met = builtIns.metBy(internalName);
            List<Target> all = new ArrayList<>(targets);
            all.addAll(met);
            targets = List.copyOf(all);
            inKnownLoaders(met, late);
            builtIns.met(internalName);
        }
    }

    private void inKnownLoaders(List<Target> next, boolean cameLate) {
        for (Map.Entry<ClassLoader, List<LoaderTarget>> known : byLoader.entrySet()) {
            Set<String> names = new HashSet<>();
            known.getValue().forEach(target -> names.add(target.targetName()));
            next.stream().filter(target -> JdkPools.concern(target, known.getKey()) && !names.contains(target.name())).forEach(target -> known.getValue().add(made(target, known.getKey(), cameLate)));
        }
        Set<String> wanted = new HashSet<>(next.stream().map(Target::name).toList());
        all.stream().filter(target -> wanted.contains(target.targetName())).forEach(LoaderTarget::resume);
    }

    /** Leaves every gate shut, and looks at no class that it has not woven before. */
    synchronized void rest() {
        resting = true;
        late = true;
        all.forEach(LoaderTarget::rest);
    }

    /** Forgets all but what was woven as it was loaded. */
    synchronized void forget() {
        for (List<LoaderTarget> known : byLoader.values()) {
            known.removeIf(target -> !target.hasWoven());
        }
        for (LoaderTarget target : List.copyOf(all)) {
            if (!target.hasWoven()) {
                all.remove(target);
                target.dropGate();
            }
        }
    }

    boolean hasWoven() {
        return all().stream().anyMatch(LoaderTarget::hasWoven);
    }

    /** Decides about targets of which classes are loaded. */
    void decideLoaded() {
        Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> names = new HashSet<>();
        Class<?>[] loaded = instrumentation.getAllLoadedClasses();
        for (Class<?> type : loaded) {
            String name = type.getName().replace('.', '/');
            if (!jdk.leaves(type.getClassLoader(), name) && builtIns.waitFor(name)) {
                meet(name);
            }
        }
        targets().forEach(target -> names.addAll(target.wovenClasses()));
        for (Class<?> type : loaded) {
            if (names.contains(type.getName()) && !jdk.leaves(type.getClassLoader(), type.getName().replace('.', '/'))) {
                loaders.add(type.getClassLoader());
            }
        }
        loaders.forEach(loader -> of(loader).forEach(LoaderTarget::decideLoaded));
    }

    /** Classes that were loaded before the agent came, of all targets. */
    List<Class<?>> toObserve() {
        return all().stream().flatMap(target -> target.toObserve().stream()).distinct().collect(Collectors.toList());
    }

    /** Those of them that are woven. */
    List<Class<?>> observing() {
        return all().stream().flatMap(target -> target.observing().stream()).distinct().collect(Collectors.toList());
    }

    void leave(Class<?> type) {
        of(type.getClassLoader()).forEach(target -> target.leave(type));
    }

    /** What observing them came to. */
    List<String> observed() {
        return all().stream().map(LoaderTarget::observed).flatMap(Optional::stream).toList();
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
    void look() {
        dropGone();
        all().forEach(LoaderTarget::confirm);
    }

    private synchronized void dropGone() {
        for (Iterator<LoaderTarget> each = all.iterator(); each.hasNext();) {
            LoaderTarget target = each.next();
            if (target.loaderIsGone()) {
                each.remove();
                Optional.ofNullable(target.gate()).ifPresent(gone::add);
                target.dropGate();
            }
        }
    }

    /** What was counted in loaders that are gone. */
    GoneLoaders gone() {
        return gone;
    }

    synchronized List<LoaderTarget> all() {
        return List.copyOf(all);
    }

    private synchronized List<Target> targets() {
        return targets;
    }

    private synchronized List<LoaderTarget> of(ClassLoader loader) {
        List<LoaderTarget> known = byLoader.get(loader);
        if (known == null) {
            if (resting) {
                return List.of();
            }
            known = new ArrayList<>();
            for (Target target : targets) {
                if (JdkPools.concern(target, loader)) {
                    known.add(made(target, loader, late));
                }
            }
            byLoader.put(loader, known);
        }
        return List.copyOf(known);
    }

    private LoaderTarget made(Target target, ClassLoader loader, boolean cameLate) {
        LoaderTarget made = new LoaderTarget(target, loader, cameLate || JdkPools.is(target), instrumentation, modes, decisions);
        all.add(made);
        return made;
    }
}

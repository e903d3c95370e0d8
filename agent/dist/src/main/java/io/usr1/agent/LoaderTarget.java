package io.usr1.agent;

import io.usr1.agent.control.Controlled;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Mode;
import io.usr1.target.Target;
import io.usr1.weaver.Plan;
import io.usr1.weaver.Prover;
import io.usr1.weaver.Refusal;
import io.usr1.weaver.Refused;
import io.usr1.weaver.Verdict;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One target in one class loader: proved as a whole before any of its classes is changed, then woven class by class as
 * they are defined.
 *
 * <p>Why a half-woven pool is never bypassed: all classes are proved from their resources before the first is changed; a
 * class whose bytes are not those that were proved shuts the gate for ever, here, before that class can run; and the
 * gate waits for the carrier and the bypass class to report that they run woven.
 *
 * <p>The monitor of this object is held while resources are read through the loader. A thread that defines another class
 * of the same target waits here with its own class's loading lock, which the reader does not need.
 */
final class LoaderTarget implements Controlled {

    private final Target target;
    private final LoaderRef loader;
    private final String loaderName;
    private final Instrumentation instrumentation;
    private final Decisions decisions;
    private final ModeWatch modes;
    private final Set<String> packages = new HashSet<>();
    private final Set<String> woven = new HashSet<>();
    private final boolean cameLate;
    private Verdict verdict;
    private Gate gate;
    private LateTarget late;
    private boolean unsure;
    private boolean resting;
    private boolean absent;

    /** @param cameLate the application ran before the agent came */
    LoaderTarget(Target target, ClassLoader loader, boolean cameLate, Instrumentation instrumentation, ModeWatch modes, Decisions decisions) {
        this.target = target;
        this.loader = new LoaderRef(loader);
        this.loaderName = LoaderView.name(loader);
        this.cameLate = cameLate;
        this.instrumentation = instrumentation;
        this.modes = modes;
        this.decisions = decisions;
        target.wovenClasses().forEach(name -> packages.add(packageOf(name)));
    }

    /** The woven bytes, or null for "as it is". */
    byte[] transform(String name, Class<?> redefined, byte[] bytes) {
        if (!packages.contains(packageOf(name))) {
            return null;
        }
        synchronized (this) {
            if (verdict == null && !resting) {
                decide(name);
            }
            if (late != null) {
                return resting ? null : late.transform(name, bytes);
            }
            return verdict instanceof Plan ? follow((Plan) verdict, name, redefined, bytes) : null;
        }
    }

    /** If classes of the target are loaded: decides, as if one of them were just being loaded. */
    synchronized void decideLoaded() {
        if (verdict == null && !resting) {
            loaded().stream().findFirst().ifPresent(type -> decide(type.getName()));
        }
    }

    /** Classes that were loaded before the agent came. */
    synchronized List<Class<?>> toObserve() {
        return late == null ? List.of() : loaded();
    }

    /** Those of them that are woven. */
    synchronized List<Class<?>> observing() {
        return toObserve().stream().filter(type -> late.weaves(type.getName())).collect(Collectors.toList());
    }

    /** What it has done to which class, done once more. */
    synchronized List<WovenClass> wovenClasses() {
        LoaderView view = new LoaderView(loader, instrumentation);
        if (late != null) {
            return late.wovenClasses();
        }
        List<WovenClass> classes = new ArrayList<>();
        for (String name : woven) {
            byte[] bytes = view.bytes(name);
            if (bytes != null && ((Plan) verdict).mismatch(name, bytes).isEmpty()) {
                classes.add(new WovenClass(name, bytes, ((Plan) verdict).weave(name, bytes, gate.number())));
            }
        }
        return classes;
    }

    synchronized void leave(Class<?> type) {
        if (late != null) {
            late.leave(type.getName());
        }
    }

    /** What observing the loaded classes came to; empty if there were none. */
    synchronized Optional<String> observed() {
        if (late == null || resting) {
            return Optional.empty();
        }
        decisions.observed(target, loaderName, (Refused) verdict, late);
        return Optional.of("target " + target.name() + " in loader " + loaderName + ": observed only, " + late.done()
                + ": classes of it were loaded before the agent came, so nothing can be bypassed; start the JVM with -javaagent for that");
    }

    /** The agent is detached: what was woven at load goes on being marked, behind a shut gate; for the rest it is as if it had never been. */
    synchronized void rest() {
        resting = true;
        if (gate != null) {
            gate.mode(Mode.OFF);
        }
    }

    /** The agent is back. */
    synchronized void resume() {
        resting = false;
        if (gate != null) {
            gate.mode(modes.of(target.name()));
        }
    }

    /** Classes that were woven as they were loaded. */
    synchronized int kept() {
        return woven.size();
    }

    synchronized boolean hasWoven() {
        return verdict instanceof Plan;
    }

    /**
     * When the agent came, a class could have been between the transformers and the loader's table, seen by neither. All
     * classes of the target are therefore loaded here, without being initialised: whoever is defining one is waited for.
     * The agent's thread; not under the monitor, which that other thread may need.
     */
    void confirm() {
        Plan plan;
        ClassLoader alive = loader.get();
        synchronized (this) {
            if (!unsure || loader.gone()) {
                return;
            }
            unsure = false;
            plan = (Plan) verdict;
        }
        for (String name : plan.classes()) {
            try {
                Class<?> type = Class.forName(name, false, alive);
                synchronized (this) {
                    if (type.getClassLoader() == alive && !woven.contains(name)) {
                        shut(new Refusal(target.name(), name, 0, "the class was being loaded when the agent came", "a class that the agent saw", "start the JVM with -javaagent"));
                    }
                }
            } catch (ClassNotFoundException | LinkageError unloadable) {
                synchronized (this) {
                    shut(new Refusal(target.name(), name, 0, "a class that cannot be loaded (" + unloadable + ")", "a class that can", "complete the class path"));
                }
            }
        }
        synchronized (this) {
            inspectLoaded(plan, new LoaderView(loader, instrumentation));
            gate.release();
        }
    }

    private List<Class<?>> loaded() {
        List<Class<?>> found = new ArrayList<>();
        Set<String> names = target.wovenClasses();
        for (Class<?> type : new LoaderView(loader, instrumentation).loaded(packages)) {
            if (names.contains(type.getName()) && instrumentation.isModifiableClass(type)) {
                found.add(type);
            }
        }
        return found;
    }

    synchronized void mode(Mode next) {
        if (gate != null && !resting) {
            gate.mode(next);
            decisions.gate(gate);
        }
    }

    Target target() {
        return target;
    }

    @Override public String targetName() {
        return target.name();
    }

    @Override public String loaderName() {
        return loaderName;
    }

    boolean loaderIsGone() {
        return loader.gone();
    }

    synchronized void dropGate() {
        if (gate != null) {
            Gates.drop(gate);
        }
    }

    /** Null while nothing of the target was seen in this loader. */
    synchronized Verdict verdict() {
        return verdict;
    }

    @Override public synchronized boolean decided() {
        return verdict != null;
    }

    @Override public synchronized List<String> refused() {
        return verdict instanceof Refused ? ((Refused) verdict).refusals().stream().map(Refusal::toString).toList() : List.of();
    }

    /** Null while nothing is woven. */
    @Override public synchronized Gate gate() {
        return gate;
    }

    private void decide(String firstSeen) {
        LoaderView view = new LoaderView(loader, instrumentation);
        boolean ours = target.wovenClasses().contains(firstSeen);
        if (!ours && (absent || target.carrier() == null || view.bytes(target.carrier().type()) == null)) {
            absent = true; // A class that shares the pool's package, in a loader that has no pool (yet). Looked for once.
            return;
        }
        verdict = judged(view);
        if (verdict instanceof Plan) {
            Plan plan = (Plan) verdict;
            gate = Gates.create(target.name(), loaderName, modes.of(target.name()));
            // In the order of their indices, before any class that asks for them is defined.
            plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
            if (cameLate) {
                unsure = true;
                gate.hold();
            }
            inspectLoaded(plan, view);
        } else if (late != null) {
            return; // Said once its classes were looked at.
        }
        decisions.decided(target, loaderName, verdict, gate);
    }

    private void inspectLoaded(Plan plan, LoaderView view) {
        for (Class<?> loaded : view.loaded(packages)) {
            byte[] bytes = plan.guards(loaded.getName()) ? view.bytes(loaded.getName()) : null;
            if (bytes != null) {
                plan.inspect(loaded.getName(), bytes).ifPresent(this::shut);
            }
        }
    }

    private Verdict judged(LoaderView view) {
        Optional<Refusal> blind = view.cannotSeeRuntime(target);
        if (blind.isPresent()) {
            return new Refused(List.of(blind.get()));
        }
        Optional<Refusal> foreign = view.foreign(target);
        if (foreign.isPresent()) {
            return new Refused(List.of(foreign.get()));
        }
        List<Refusal> early = view.loadedTooEarly(target);
        if (early.isEmpty()) {
            return proved(view);
        }
        if (cameLate) {
            gate = Gates.create(target.name(), loaderName, modes.of(target.name()));
            gate.shut(early.get(0).toString());
            late = new LateTarget(target, view, gate);
        }
        return new Refused(early);
    }

    /** Whatever goes wrong while the weaver is loaded or at work, the target is refused, once. */
    private Verdict proved(LoaderView view) {
        try {
            return Prover.prove(target, view::bytes);
        } catch (Throwable fault) {
            return new Refused(List.of(new Refusal(target.name(), "the proof itself", 0, fault.toString(), "a proof that ends", "please report this")));
        }
    }

    private byte[] follow(Plan plan, String name, Class<?> redefined, byte[] bytes) {
        if (!plan.classes().contains(name)) {
            if (!plan.guards(name)) {
                return null;
            }
            plan.inspect(name, bytes).ifPresent(this::shut);
            // Its own bytes and not null: only of a class that an agent has answered for does the JVM keep the class file.
            // For others a later retransformation puts one together that says the same in other bytes, which would shut the gate.
            return redefined == null ? bytes : null;
        }
        if (redefined != null && !woven.contains(name)) {
            return null;
        }
        Optional<Refusal> mismatch = plan.mismatch(name, bytes);
        if (mismatch.isPresent()) {
            shut(mismatch.get());
            return null;
        }
        try {
            byte[] result = plan.weave(name, bytes, gate.number());
            // In a retransformation they are the same bytes again, and what the JVM refuses then does no harm.
            Optional<Refusal> unverifiable = redefined == null ? plan.unverifiable(name, bytes, result) : Optional.empty();
            unverifiable.ifPresentOrElse(this::shut, () -> woven.add(name));
            return unverifiable.isPresent() ? null : result;
        } catch (Throwable fault) {
            shut(new Refusal(target.name(), name, 0, "the weaver failed with " + fault, "a woven class", "please report this with the class"));
            return null;
        }
    }

    /** For ever: from here on some class of the pool may insert without marking. */
    private void shut(Refusal refusal) {
        boolean first = gate.shutReason() == null;
        gate.shut(refusal.toString());
        decisions.shut(gate, refusal, first);
    }

    private static String packageOf(String binaryName) {
        int dot = binaryName.lastIndexOf('.');
        return dot < 0 ? "" : binaryName.substring(0, dot);
    }
}

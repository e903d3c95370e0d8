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
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private final WeakReference<ClassLoader> loader;
    private final String loaderName;
    private final Instrumentation instrumentation;
    private final Decisions decisions;
    private final ModeWatch modes;
    private final Set<String> packages = new HashSet<>();
    private final Set<String> woven = new HashSet<>();
    private Verdict verdict;
    private Gate gate;

    LoaderTarget(Target target, ClassLoader loader, Instrumentation instrumentation, ModeWatch modes, Decisions decisions) {
        this.target = target;
        this.loader = new WeakReference<>(loader);
        this.loaderName = LoaderView.name(loader);
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
            if (verdict == null) {
                decide(name);
            }
            return verdict instanceof Plan ? follow((Plan) verdict, name, redefined, bytes) : null;
        }
    }

    synchronized void mode(Mode next) {
        if (gate != null) {
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
        return loader.get() == null;
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
        LoaderView view = new LoaderView(loader.get(), instrumentation);
        boolean ours = target.wovenClasses().contains(firstSeen);
        if (!ours && view.bytes(target.carrier().type()) == null) {
            return; // A class that shares the pool's package, in a loader that has no pool (yet).
        }
        verdict = judged(view);
        if (verdict instanceof Plan) {
            Plan plan = (Plan) verdict;
            gate = Gates.create(target.name(), loaderName, modes.of(target.name()));
            // In the order of their indices, before any class that asks for them is defined.
            plan.sites().stream().filter(site -> site.index() >= 0).forEach(site -> gate.site(site.role(), site.method()));
            for (Class<?> loaded : view.loaded(packages)) {
                byte[] bytes = plan.guards(loaded.getName()) ? view.bytes(loaded.getName()) : null;
                if (bytes != null) {
                    plan.inspect(loaded.getName(), bytes).ifPresent(this::shut);
                }
            }
        }
        decisions.decided(target, loaderName, verdict, gate);
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
        return early.isEmpty() ? Prover.prove(target, view::bytes) : new Refused(early);
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
            woven.add(name);
            return result;
        } catch (Throwable fault) {
            shut(new Refusal(target.name(), name, 0, "the weaver failed with " + fault, "a woven class",
                    "please report this with the class"));
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

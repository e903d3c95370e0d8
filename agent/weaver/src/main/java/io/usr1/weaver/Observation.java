package io.usr1.weaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.usr1.target.Bypass;
import io.usr1.target.ObserveSpec;
import io.usr1.target.Target;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.LostFrames;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Verification;
import io.usr1.weaver.weave.ClassWeave;
import io.usr1.weaver.weave.ClassWeaver;

/**
 * What of a target can be timed in one class that was loaded before the agent came: such a class gets no field and no
 * method, so nothing is marked and nothing bypassed. Whether the rest of the target could be proved does not matter.
 * Immutable, any thread.
 */
public final class Observation {

    private final String binaryName;
    private final byte[] bytes;
    private final ClassSource around;
    private final List<PlannedSite> sites = new ArrayList<>();
    private final List<Refusal> left = new ArrayList<>();
    private final List<ClassWeave.Timing> timings = new ArrayList<>();

    private Observation(String binaryName, byte[] bytes, ClassSource around) {
        this.binaryName = binaryName;
        this.bytes = bytes;
        this.around = around;
    }

    /**
     * @param running the class as it runs now; the JVM may have put it together anew, so it need not be its class file
     * @param classes for the classes around it
     */
    public static Observation of(Target target, String binaryName, byte[] running, ClassSource classes) {
        byte[] bytes = LostFrames.restored(running, classes.bytes(binaryName));
        ClassSource all = name -> name.equals(binaryName) ? bytes : classes.bytes(name);
        Observation observation = new Observation(binaryName, bytes, all);
        for (ObserveSpec spec : specs(target)) {
            if (spec.method().owner().equals(binaryName)) {
                observation.look(target, spec, all);
            }
        }
        return observation;
    }

    /** Numbered from 0 on. */
    public List<PlannedSite> sites() {
        return List.copyOf(sites);
    }

    /** What stays untimed, and why. */
    public List<Refusal> left() {
        return List.copyOf(left);
    }

    /**
     * The class with its acquisitions timed. The same input gives the same bytes.
     *
     * @param firstSite what the gate calls the first of {@link #sites}
     * @throws IllegalStateException if the JVM would not verify it
     */
    public byte[] weave(int gateNumber, int firstSite) {
        List<ClassWeave.Timing> numbered = timings.stream().map(timing -> numbered(timing, firstSite + timing.site())).toList();
        Set<Integer> used = new TreeSet<>();
        numbered.forEach(timing -> used.add(timing.site()));
        ClassWeave weave = new ClassWeave(Names.internal(binaryName), null, List.of(), List.of(), List.of(), List.of(), numbered, List.of(), List.of(), used);
        byte[] woven = ClassWeaver.weaveLoaded(new Classes(name -> name.equals(binaryName) ? bytes : null), weave, binaryName, bytes, gateNumber);
        Verification.of(new Classes(around::bytes), bytes, woven).ifPresent(fault -> {
            throw new IllegalStateException("the JVM would not verify " + fault.method() + ": " + fault.what());
        });
        return woven;
    }

    private void look(Target target, ObserveSpec spec, ClassSource classes) {
        Proof proof = new Proof(target, new Classes(classes::bytes));
        List<Hosted<ClassWeave.Timing>> found = new ObserveRule(proof, spec).check();
        left.addAll(proof.refusals());
        for (Hosted<ClassWeave.Timing> timing : found) {
            PlannedSite site = proof.sites().get(timing.decided().site());
            if (timing.decided().at() < 0) {
                left.add(new Refusal(target.name(), site.method(), site.line(), "a synchronized method of a class that was loaded before the agent came",
                        "a lock that is taken inside the method", "start the JVM with -javaagent to time it"));
            } else {
                timings.add(numbered(timing.decided(), sites.size()));
                sites.add(new PlannedSite(site.role(), site.method(), site.line(), site.kind(), sites.size()));
            }
        }
    }

    /** What is observed, and what would be bypassed: that is locked here, and its lock can be timed. */
    private static List<ObserveSpec> specs(Target target) {
        List<ObserveSpec> specs = new ArrayList<>(target.observed());
        for (Bypass bypass : target.bypasses()) {
            if (bypass.lock() != null) {
                specs.add(new ObserveSpec(bypass.role(), bypass.method(), bypass.lock()));
            }
        }
        return specs;
    }

    private static ClassWeave.Timing numbered(ClassWeave.Timing timing, int site) {
        return new ClassWeave.Timing(timing.host(), timing.at(), timing.form(), site, timing.releases());
    }
}

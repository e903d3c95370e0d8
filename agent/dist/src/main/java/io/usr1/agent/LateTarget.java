package io.usr1.agent;

import io.usr1.runtime.Gate;
import io.usr1.target.Target;
import io.usr1.weaver.Observation;
import io.usr1.weaver.PlannedSite;
import io.usr1.weaver.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One target in a loader that had loaded some of its classes before the agent came: acquisitions are timed inside the
 * bodies of its classes, and nothing else is done to any of them. Guarded by the monitor of its {@link LoaderTarget}.
 */
final class LateTarget {

    private final Target target;
    private final LoaderView view;
    private final Gate gate;
    private final Map<String, Integer> firstSites = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    /** Sites that the gate lists and no class has. */
    private final Set<Integer> nowhere = new HashSet<>();
    private final Map<String, List<Refusal>> left = new TreeMap<>();
    private final Set<String> failed = new HashSet<>();

    LateTarget(Target target, LoaderView view, Gate gate) {
        this.target = target;
        this.view = view;
        this.gate = gate;
    }

    /** The woven bytes, or null for "as it is". */
    byte[] transform(String name, byte[] bytes) {
        if (failed.contains(name) || !target.wovenClasses().contains(name)) {
            return null;
        }
        try {
            return woven(name, bytes);
        } catch (RuntimeException | LinkageError fault) {
            leave(name);
            left.put(name, List.of(new Refusal(target.name(), name, 0, "the weaver failed with " + fault, "a woven class", "please report this with the class")));
            return null;
        }
    }

    private byte[] woven(String name, byte[] bytes) {
        Observation observation = Observation.of(target, name, bytes, view::bytes);
        left.put(name, observation.left());
        if (observation.sites().isEmpty()) {
            return null;
        }
        return observation.weave(gate.number(), firstSites.computeIfAbsent(name, first -> {
            int next = gate.sites().size();
            for (PlannedSite site : observation.sites()) {
                gate.site(site.role(), site.method());
            }
            counts.put(name, observation.sites().size());
            return next;
        }));
    }

    boolean weaves(String name) {
        return firstSites.containsKey(name) && !failed.contains(name);
    }

    /** Done once more, to the class files as the loader has them. */
    List<WovenClass> wovenClasses() {
        List<WovenClass> classes = new ArrayList<>();
        firstSites.forEach((name, first) -> {
            byte[] bytes = view.bytes(name);
            if (bytes != null && weaves(name)) {
                classes.add(new WovenClass(name, bytes, Observation.of(target, name, bytes, view::bytes).weave(gate.number(), first)));
            }
        });
        return classes;
    }

    /** The JVM does not take it. */
    void leave(String name) {
        failed.add(name);
        Integer first = firstSites.get(name);
        for (int i = 0; first != null && i < counts.get(name); i++) {
            nowhere.add(first + i);
        }
    }

    /** What is timed, for a person. */
    String done() {
        Map<String, Long> roles = gate.sites().stream().filter(site -> !nowhere.contains(site.index()))
                .collect(Collectors.groupingBy(site -> site.role(), TreeMap::new, Collectors.counting()));
        return roles.isEmpty() ? "nothing can be timed"
                : roles.entrySet().stream().map(role -> role.getValue() + " " + role.getKey()).collect(Collectors.joining(", ")) + " timed";
    }

    /** What is not timed, and why. */
    List<Refusal> left() {
        return left.values().stream().flatMap(List::stream).toList();
    }
}

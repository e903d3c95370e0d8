package io.usr1.findings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a recording says, in the few numbers that a judgement needs. Filled by a reader in the order of the events' times. */
public final class Evidence {

    private final Map<List<String>, Role> roles = new LinkedHashMap<>();
    private final Map<List<String>, Gate> gates = new LinkedHashMap<>();
    private final Map<List<String>, String> refusals = new LinkedHashMap<>();
    private final Map<String, Long> violations = new LinkedHashMap<>();
    private final Waits waits = new Waits();
    private String targets;
    private String mode;
    private String version;
    private boolean ofAgent;
    private long startNanos = Long.MAX_VALUE;
    private long endNanos = Long.MIN_VALUE;

    /** The recording holds an event at this time, of whatever type; nanoseconds since the epoch. */
    public void at(long nanos) {
        startNanos = Math.min(startNanos, nanos);
        endNanos = Math.max(endNanos, nanos);
    }

    public void settings(String agentVersion, String agentMode, String agentTargets) {
        ofAgent = true;
        version = agentVersion;
        mode = agentMode;
        targets = agentTargets;
    }

    public void statistics(Role row) {
        ofAgent = true;
        roles.merge(List.of(text(row.target()), text(row.role())), row, Role::plus);
    }

    public void wait(Wait wait) {
        ofAgent = true;
        waits.add(wait);
    }

    public void gate(Gate gate) {
        ofAgent = true;
        gates.put(List.of(text(gate.target()), text(gate.loader())), gate);
    }

    /** @param reason null if it was woven */
    public void rewrite(String target, String loader, String reason) {
        ofAgent = true;
        List<String> key = List.of(text(target), text(loader));
        if (reason == null) {
            refusals.remove(key);
        } else {
            refusals.put(key, reason);
        }
    }

    public void violation(String site, String what, String found, String assumed) {
        ofAgent = true;
        violations.merge("at " + site + " " + what + " was " + found + " where a bypass assumes " + assumed, 1L, Long::sum);
    }

    public Waits waits() {
        return waits;
    }

    /** In the order in which they appeared. */
    public Collection<Role> roles() {
        return roles.values();
    }

    public Collection<Gate> gates() {
        return gates.values();
    }

    /** Null if the recording does not say. */
    public String mode() {
        return mode;
    }

    /** Null if the recording does not say. */
    public String version() {
        return version;
    }

    /** Targets that were on, separated by commas; null if the recording does not say. */
    public String targets() {
        return targets;
    }

    /** Of the first event, since the epoch; {@link Long#MAX_VALUE} if there was none. */
    public long startNanos() {
        return startNanos;
    }

    /** Of the last event, since the epoch; {@link Long#MIN_VALUE} if there was none. */
    public long endNanos() {
        return endNanos;
    }

    /** 0 if there was no event. */
    public long lengthNanos() {
        return Math.max(0, endNanos - startNanos);
    }

    /** False for a recording of another program. */
    public boolean ofAgent() {
        return ofAgent;
    }

    /** Target and loader, and why it was refused. */
    Map<List<String>, String> refusals() {
        return refusals;
    }

    /** A sentence each, and how often. */
    Map<String, Long> violations() {
        return violations;
    }

    Role sum() {
        return roles.values().stream().reduce(new Role("all", "all", 0, 0, 0, 0, 0, 0, 0, 0, 0), Role::plus);
    }

    private static String text(String value) {
        return value == null ? Waits.UNKNOWN : value;
    }
}

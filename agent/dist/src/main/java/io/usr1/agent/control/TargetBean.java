package io.usr1.agent.control;

import io.usr1.runtime.Gate;
import io.usr1.runtime.Site;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads one target's state at the moment it is asked. */
final class TargetBean implements TargetMXBean {

    private final Controlled target;
    private final Modes modes;

    TargetBean(Controlled target, Modes modes) {
        this.target = target;
        this.modes = modes;
    }

    @Override public String getTarget() {
        return target.targetName();
    }

    @Override public String getLoader() {
        return target.loaderName();
    }

    @Override public String getState() {
        Gate gate = target.gate();
        return gate == null ? "refused" : gate.state();
    }

    @Override public String getReason() {
        Gate gate = target.gate();
        return gate == null ? target.refused().stream().findFirst().orElse(null) : gate.shutReason();
    }

    @Override public String getMode() {
        Gate gate = target.gate();
        return gate == null ? modes.mode() : gate.mode().name().toLowerCase(Locale.ROOT);
    }

    @Override public void setMode(String mode) {
        modes.mode(target.targetName(), mode == null ? "" : mode);
    }

    @Override public String resetBreaker() {
        Gate gate = target.gate();
        if (gate == null) {
            throw new IllegalStateException("nothing of target " + target.targetName() + " is woven here, so it has no breaker: " + getReason());
        }
        String reason = gate.shutReason();
        if (reason != null) {
            throw new IllegalStateException("the gate of target " + target.targetName() + " never opens again, because a carrier may be alive whose flag is wrong: "
                    + reason + "; correct the cause and start the JVM, or deploy the application, anew");
        }
        return "the breaker of target " + target.targetName() + " has not tripped; the gate is " + gate.state() + ", the mode is " + getMode();
    }

    @Override public List<String> getRefusals() {
        return target.refused();
    }

    @Override public long getBypassed() {
        return total().getBypassed();
    }

    @Override public double getBypassRatio() {
        long bypassed = getBypassed();
        long all = bypassed + sites().stream().mapToLong(site -> site.needlessCount() + site.guardedCount()).sum();
        return all == 0 ? 0 : (double) bypassed / all;
    }

    @Override public long getViolations() {
        Gate gate = target.gate();
        return gate == null ? 0 : gate.violations();
    }

    @Override public String getLastViolation() {
        Gate gate = target.gate();
        return gate == null ? null : gate.lastViolation();
    }

    @Override public Map<String, Counts> getRoles() {
        return by(Site::role);
    }

    @Override public Map<String, Counts> getSites() {
        return by(site -> site.index() + " " + site.method());
    }

    private Map<String, Counts> by(Function<Site, String> key) {
        Map<String, Counts> counts = new TreeMap<>();
        sites().forEach(site -> counts.merge(key.apply(site), Counts.of(site), Counts::plus));
        return counts;
    }

    private Counts total() {
        return sites().stream().map(Counts::of).reduce(Counts.NONE, Counts::plus);
    }

    private List<Site> sites() {
        Gate gate = target.gate();
        return gate == null ? List.of() : gate.sites();
    }
}

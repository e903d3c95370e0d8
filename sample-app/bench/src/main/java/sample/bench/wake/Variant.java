package sample.bench.wake;

import com.fasterxml.jackson.annotation.JsonValue;

/** In how many ways the same wake is run. */
public enum Variant {
    /** As it was written. */
    PLAIN("plain", null, null),
    /** With the flag written into the source. */
    PATCHED("patched", null, null),
    /** The same with a switch, so that it can be taken back in a running JVM. */
    SWITCHED("patched, with a switch", null, null),
    /** Woven, bypasses not counted. */
    WOVEN("woven", "off", null),
    /** Woven, as it is by default. */
    CHEAP("woven, cheap counters", "cheap", null),
    /** Woven, each bypass counted at once. */
    EXACT("woven, exact counters", "exact", null),
    /** Woven as by default, while a recording with the default settings of our events runs. */
    RECORDED("woven, events default", "cheap", "usr1.jfc"),
    /** The same with the detailed settings. */
    DETAILED("woven, events detailed", "cheap", "usr1-detailed.jfc");

    private final String label;
    private final String counters;
    private final String settings;

    Variant(String label, String counters, String settings) {
        this.label = label;
        this.counters = counters;
        this.settings = settings;
    }

    /** As raw figures and tables name it. */
    @JsonValue
    public String label() {
        return label;
    }

    boolean isWoven() {
        return counters != null;
    }

    /** True if the agent counts bypasses. */
    boolean counts() {
        return isWoven() && this != WOVEN;
    }

    /** The benchmark methods are named after what they do; those patched by hand have this at the end. */
    String suffix() {
        return this == PATCHED || this == SWITCHED ? "Patched" : "";
    }

    /** Of {@code usr1.counters}; null without the agent. */
    String counters() {
        return counters;
    }

    /** File of the settings of a recording; null without one. */
    String settings() {
        return settings;
    }
}

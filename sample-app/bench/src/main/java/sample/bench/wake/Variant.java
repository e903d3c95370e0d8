package sample.bench.wake;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** In how many ways the same wake is run. */
public enum Variant {
    /** As it was written. */
    PLAIN("plain", null, null),
    /** With the flag written into the source. */
    PATCHED("patched", null, null),
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

    /** The benchmark methods are named after what they do; those patched by hand have this at the end. */
    String suffix() {
        return this == PATCHED ? "Patched" : "";
    }

    /** What the measured JVM is given. @param folder holds the target and the settings of the events */
    List<String> jvmArguments(Path agent, Path folder) {
        List<String> arguments = new ArrayList<>();
        // C2 would take the lock once for several wakes of JMH's loop, which no event loop does.
        arguments.add("-XX:-EliminateLocks");
        if (counters != null) {
            arguments.add("-javaagent:" + agent);
            arguments.add("-Dusr1.targets=" + folder.resolve(WakeBench.TARGET));
            arguments.add("-Dusr1.counters=" + counters);
        }
        if (settings != null) {
            arguments.add("-D" + WakeBenchmark.SETTINGS + "=" + folder.resolve(settings));
        }
        return arguments;
    }
}

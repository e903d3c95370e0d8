package sample.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The counters of all loops, summed.
 *
 * @param sums in the order in which they are printed
 */
record CounterReport(Settings settings, Map<String, Long> sums) {
    /** Asks each loop in turn. Any thread that is no loop's. */
    static CounterReport of(Settings settings, EventLoop[] loops) throws InterruptedException {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (EventLoop loop : loops) {
            loop.report(sums);
        }
        return new CounterReport(settings, sums);
    }

    long get(String name) {
        Long value = sums.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no counter '" + name + "'; there are " + sums.keySet() + ".");
        }
        return value;
    }

    String toJson() {
        StringJoiner json = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        sums.forEach((name, value) -> json.add("\"" + name + "\": " + value));
        json.add("\"loops\": " + settings.loops());
        json.add("\"lock\": \"" + settings.lock() + "\"");
        json.add("\"reuse\": \"" + settings.reuse() + "\"");
        json.add("\"jdk\": " + Runtime.version().feature());
        return json.toString();
    }
}

package sample.bench.real.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What the agent said of its target at the end.
 *
 * @param state    of the gate
 * @param places   of the log line: what is woven, by kind
 * @param bypassed all that went on without the lock
 * @param acquired of all locks that are timed
 */
record Woven(String state, String places, long bypassed, long acquired, long violations, JsonNode sites) {

    private static final Pattern LINE = Pattern.compile(" in loader app: woven, (.*) \\(gate \\d+, mode \\w+\\)");

    static Woven of(JsonNode target, List<String> log) {
        String name = "target " + target.get("target").asText() + " ";
        Matcher line = LINE.matcher(String.join("\n", log.stream().filter(one -> one.contains(name)).toList()));
        if (!line.find()) {
            throw new AssertionError(name + "is not woven: " + log);
        }
        return new Woven(target.get("state").asText(), line.group(1), target.get("bypassed").asLong(), sum(target.get("sites"), "", "acquired"),
                target.get("violations").asLong(), target.get("sites"));
    }

    /** The counter, of the sites of one role. */
    long of(String role, String counter) {
        return sum(sites, role, counter);
    }

    private static long sum(JsonNode sites, String role, String counter) {
        return StreamSupport.stream(sites.spliterator(), false).filter(site -> role.isEmpty() || site.get("role").asText().equals(role))
                .mapToLong(site -> site.get(counter).asLong()).sum();
    }
}

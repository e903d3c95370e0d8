package sample.bench.stress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the agent has written at the end of one forked JVM.
 *
 * @param state    of the gate: {@code open}, or {@code refused} or {@code shut} and why
 * @param bypassed wakes without the lock
 */
record ForkCounters(String state, long bypassed) {
    static final String PREFIX = "counters-";
    /** The agent puts the process's id in. */
    static final String FILE = PREFIX + "%p.json";

    /** One for each fork in which the proxy's classes were loaded: jcstress also forks some only to find out what the VM can do. */
    static List<ForkCounters> in(Path directory) throws IOException {
        List<ForkCounters> forks = new ArrayList<>();
        for (Path file : StressRun.files(directory, PREFIX)) {
            for (JsonNode target : new ObjectMapper().readTree(file.toFile()).get("targets")) {
                if (target.get("target").asText().equals("sample-proxy")) {
                    JsonNode reason = target.get("reason");
                    forks.add(new ForkCounters(target.get("state").asText() + (reason.isNull() ? "" : ": " + reason.asText()),
                            target.get("bypassed").asLong()));
                }
            }
        }
        return forks;
    }
}

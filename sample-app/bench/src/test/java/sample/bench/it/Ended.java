package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.stream.StreamSupport;
import sample.bench.load.LoadResult;

/**
 * What a proxy left behind.
 *
 * @param load   what its clients saw
 * @param proxy  its own final counters
 * @param agent  the agent's counters file; a missing node if there is none
 * @param output the lines on standard output
 * @param errors standard error
 */
record Ended(String name, LoadResult load, JsonNode proxy, JsonNode agent, List<String> output, String errors) {

    /** The proxy's counter of that name. */
    long count(String counter) {
        JsonNode value = proxy.path(counter);
        assertEquals(true, value.isIntegralNumber(), name + ": no counter " + counter + " in " + proxy);
        return value.asLong();
    }

    /** What the agent says of the sample's target; a missing node if nothing. */
    JsonNode target() {
        JsonNode targets = agent.path("targets");
        return targets.isEmpty() ? MissingNode.getInstance() : targets.get(0);
    }

    long bypassed() {
        return target().path("bypassed").asLong();
    }

    /** The agent's counter, summed over the sites of one role. */
    long sites(String role, String counter) {
        return StreamSupport.stream(target().path("sites").spliterator(), false)
                .filter(site -> site.path("role").asText().equals(role)).mapToLong(site -> site.path(counter).asLong()).sum();
    }

    void assertServed() {
        assertEquals(List.of(), load.complaints(), name);
        assertEquals(0, load.errors(), name + ": errors");
        assertEquals(0, load.wrongBodies(), name + ": wrong bodies");
        assertEquals(load.requests(), count("requests"), name + ": requests");
    }

    /** Nothing but the proxy's ready line. */
    void assertSilent() {
        assertEquals("", errors, name + ": standard error");
        assertEquals(1, output.size(), () -> name + ": standard output: " + output);
    }

    /** The agent saw the same acquisitions as the proxy. */
    void assertAgentAgrees() {
        assertEquals(count("wakeLocks"), sites("wake", "acquired"), name + ": wake");
        assertEquals(count("getLocks"), sites("get", "acquired"), name + ": get");
        assertEquals(count("insertLocks"), sites("insert", "acquired"), name + ": insert");
        assertEquals(count("timerLocks"), sites("timer", "acquired"), name + ": timer");
        assertEquals(count("tryLocksWon"), sites("takeover", "acquired"), name + ": takeover, won");
        assertEquals(count("tryLocksLost"), sites("takeover", "failedTries"), name + ": takeover, lost");
        assertEquals(count("wakes"), count("wakeLocks") + sites("wake", "bypassed"), name + ": wakes are locked or bypassed");
        assertEquals(count("tlsWakeLocks"), sites("wake-tls", "acquired"), name + ": wake of the TLS layer");
        assertEquals(count("tlsWakes"), count("tlsWakeLocks") + sites("wake-tls", "bypassed"), name + ": and those of the TLS layer");
    }
}

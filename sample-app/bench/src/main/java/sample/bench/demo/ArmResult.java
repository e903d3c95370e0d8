package sample.bench.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sample.bench.load.LoadResult;

/**
 * What one arm counted, as it stands in {@code summary.json}. {@code sent}, {@code errors} and {@code wrongBodies} are the load
 * client's; {@code bypassed}, {@code violations} and the gate are the agent's; all else is the proxy's own, read after its
 * loops had joined. Times are in nanoseconds. {@code gateState}, {@code gateReason} and
 * {@code lastRound} may be null.
 *
 * @param proxyErrors error responses that the proxy made itself
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ArmResult(String name, int jdk, String lock, String reuse, int loops, long sent, long requests, long responses,
        long errors, long wrongBodies, long proxyErrors, long retries, long loopFailures,
        long takeovers, long wakes, long frontWakes, long idleWakes, long staleWakes, long otherLockedWakes,
        long wakeLocks, long frontWakeLocks, long getLocks, long lookups, long insertLocks, long insertsOffered, long insertsRefused,
        long tryLocksWon, long tryLocksLost, long emptyScans, long probeRefusals, long timerLocks, long newConnections,
        long contendedLiveWakes, long waitNanos, LastRound lastRound, long bypassed, long violations, String gateState, String gateReason) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * Puts together what client, proxy and agent say of one arm.
     *
     * @param before the proxy's live counters before the last round
     * @throws DemoFailure if a counter is missing
     */
    static ArmResult of(Arm arm, LoadResult load, JsonNode before, JsonNode proxy, JsonNode agent) {
        ObjectNode all = proxy.deepCopy();
        all.put("name", arm.kind().word())
                .put("sent", load.requests()).put("errors", load.errors()).put("wrongBodies", load.wrongBodies())
                .set("proxyErrors", proxy.get("errors"));
        all.put("bypassed", agent.path("bypassed").asLong()).put("violations", agent.path("violations").asLong())
                .put("gateState", agent.path("state").textValue()).put("gateReason", agent.path("reason").textValue());
        all.set("lastRound", LastRound.between(before, all));
        return of(all, arm.fileName());
    }

    /**
     * Reads one arm of a {@code summary.json}.
     *
     * @throws DemoFailure if a counter is missing; {@code where} names the place in that sentence
     */
    static ArmResult of(JsonNode node, String where) {
        try {
            return JSON.treeToValue(node, ArmResult.class);
        } catch (JsonProcessingException unreadable) {
            throw new DemoFailure(where + ": cannot read the counters: " + unreadable.getOriginalMessage() + ".");
        }
    }

    /** Mode, lock and reuse: what tells this arm from the others on one JDK. */
    String title() {
        return name + "/" + lock + "/" + reuse + " on JDK " + jdk;
    }

    boolean bypasses() {
        return name.equals("bypass");
    }

    boolean runsPlain() {
        return name.equals("plain");
    }

    boolean keepsPrivate() {
        return reuse.equals("never");
    }
}

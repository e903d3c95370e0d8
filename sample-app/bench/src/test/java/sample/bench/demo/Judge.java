package sample.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sample.bench.load.LoadResult;

/** Lets the integration tests judge their arms, which are more than the demo's, by the demo's identities. */
public final class Judge {

    private Judge() {
    }

    /**
     * Which identities do not hold.
     *
     * @param name  plain, off, observe, audit or bypass
     * @param agent what the agent says of the sample's target; a missing node if it has nothing to say
     * @return one sentence each; empty if all hold
     */
    public static List<String> complaints(String name, LoadResult load, JsonNode proxy, JsonNode agent) {
        ObjectNode all = proxy.deepCopy();
        all.put("name", name)
                .put("sent", load.requests()).put("errors", load.errors()).put("wrongBodies", load.wrongBodies())
                .set("proxyErrors", proxy.get("errors"));
        all.put("bypassed", bypassedWakes(agent)).put("violations", agent.path("violations").asLong())
                .put("gateState", agent.path("state").textValue()).put("gateReason", agent.path("reason").textValue()).putNull("lastRound");
        return Verdict.judge(List.of(ArmResult.of(all, name))).stream().flatMap(verdict -> verdict.failures().stream()).toList();
    }

    /** Of the mux's layer, as the proxy counts wakes; those of a TLS layer have a role of their own. */
    private static long bypassedWakes(JsonNode agent) {
        long sum = 0;
        for (JsonNode site : agent.path("sites")) {
            sum += site.path("role").asText().equals("wake") ? site.path("bypassed").asLong() : 0;
        }
        return sum;
    }
}

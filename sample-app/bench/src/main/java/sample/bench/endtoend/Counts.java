package sample.bench.endtoend;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import sample.bench.demo.DemoFailure;

/** The proxy's counters, as far as they are of use here; waits in nanoseconds. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Counts(long requests, long errors, long loopFailures, long takeovers, long wakes, long wakeLocks, long frontWakeLocks, long staleWakes, long idleWakes,
        long otherLockedWakes, long contendedLiveWakes, long waitNanos) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /** Throws DemoFailure if one is missing. */
    static Counts of(JsonNode counters) {
        try {
            return JSON.treeToValue(counters, Counts.class);
        } catch (JsonProcessingException unreadable) {
            throw new DemoFailure("Cannot read the proxy's counters: " + unreadable.getOriginalMessage() + ".");
        }
    }

    Counts minus(Counts before) {
        return new Counts(requests - before.requests, errors - before.errors, loopFailures - before.loopFailures, takeovers - before.takeovers,
                wakes - before.wakes, wakeLocks - before.wakeLocks, frontWakeLocks - before.frontWakeLocks, staleWakes - before.staleWakes,
                idleWakes - before.idleWakes, otherLockedWakes - before.otherLockedWakes, contendedLiveWakes - before.contendedLiveWakes,
                waitNanos - before.waitNanos);
    }
}

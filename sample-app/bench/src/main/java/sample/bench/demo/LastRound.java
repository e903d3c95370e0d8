package sample.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Waits of the last round alone, when the JIT has compiled what the rounds before have warmed. Before that, a few thousand
 * acquisitions take over 3 us in the interpreter and count as contended although nobody held the lock; all the more where an
 * agent times them.
 *
 * @param requests requests of that round
 * @param contendedLiveWakes acquisitions by wakes of live connections that took over 3 us
 * @param waitNanos nanoseconds that wakes took to get their locks
 */
public record LastRound(long requests, long contendedLiveWakes, long waitNanos) {

    /** From the proxy's live counters before that round and its final ones. */
    static ObjectNode between(JsonNode before, ObjectNode after) {
        ObjectNode round = after.objectNode();
        for (String counter : new String[] {"requests", "contendedLiveWakes", "waitNanos"}) {
            round.put(counter, after.path(counter).asLong() - before.path(counter).asLong());
        }
        return round;
    }
}

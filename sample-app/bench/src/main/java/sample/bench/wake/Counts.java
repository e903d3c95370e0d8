package sample.bench.wake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the wakes of one woven fork did, from warm-up to end: proof that the times are those of bypasses.
 *
 * @param wakes    as the benchmark counted them, by what they did to their connections
 * @param bypassed as the agent counted them; with cheap counters less by what the carriers held back at the end, without counters 0
 * @param locked   acquisitions by wakes, as the agent counted them in every form of counting
 */
record Counts(long wakes, long bypassed, long locked) {

    /** Of each carrier, fewer than these may not be counted yet. */
    private static final long HELD_BACK = 1024;

    /**
     * From what a fork left behind.
     *
     * @param wakes    written by the benchmark: one line a thread
     * @param counters written by the agent
     */
    static Counts read(Path wakes, Path counters) throws IOException {
        long done = Files.readAllLines(wakes).stream().mapToLong(Long::parseLong).sum();
        JsonNode targets = new ObjectMapper().readTree(counters.toFile()).path("targets");
        JsonNode target = targets.path(0);
        if (targets.size() != 1 || !target.path("state").asText().equals("open") || target.path("violations").asLong(-1) != 0) {
            throw new IOException("the agent says '" + target.path("state").asText("nothing") + "' (" + target.path("reason").asText() + "), and not that the gate is open");
        }
        long locked = 0;
        for (JsonNode site : target.path("sites")) {
            locked += site.path("role").asText().equals("wake") ? site.path("acquired").asLong() : 0;
        }
        return new Counts(done, target.path("bypassed").asLong(), locked);
    }

    /** Null if the wakes did what the benchmark is about, else a sentence. */
    String complaint(String benchmark, Variant variant, int threads) {
        boolean flagSet = benchmark.equals("set") || benchmark.equals("idle");
        if (wakes == 0) {
            return "there was no wake";
        }
        if (locked != (flagSet ? wakes : 0)) {
            return "of " + wakes + " wakes " + locked + " took the lock; it should be " + (flagSet ? "all" : "none");
        }
        long least = flagSet || !variant.counts() ? 0 : variant == Variant.EXACT ? wakes : Math.max(1, wakes - threads * HELD_BACK);
        long most = flagSet || !variant.counts() ? 0 : wakes;
        if (bypassed < least || bypassed > most) {
            return "of " + wakes + " wakes " + bypassed + " were counted as bypassed; it should be from " + least + " to " + most;
        }
        return null;
    }
}

package sample.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What the client saw.
 *
 * @param requests    sent, each one counted once; there are no retries
 * @param errors      requests without a complete answer of status 200
 * @param wrongBodies complete answers that were not the one for this request: another token, length, checksum or other bytes;
 *                    also requests that reached the origin damaged
 * @param complaints  the first few errors and wrong bodies, one sentence each
 */
public record LoadResult(long requests, long errors, long wrongBodies, List<String> complaints) {

    /** Nothing sent yet. */
    public static final LoadResult NONE = new LoadResult(0, 0, 0, List.of());

    private static final int COMPLAINTS_KEPT = 3;

    public LoadResult {
        complaints = List.copyOf(complaints.subList(0, Math.min(complaints.size(), COMPLAINTS_KEPT)));
    }

    /** The sum of two results. */
    public LoadResult plus(LoadResult other) {
        List<String> both = new ArrayList<>(complaints);
        both.addAll(other.complaints);
        return new LoadResult(requests + other.requests, errors + other.errors, wrongBodies + other.wrongBodies, both);
    }

    /** Whether every request got its own, complete answer. */
    public boolean clean() {
        return errors == 0 && wrongBodies == 0;
    }
}

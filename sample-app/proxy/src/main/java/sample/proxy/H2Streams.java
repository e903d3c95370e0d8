package sample.proxy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The streams of one connection, and a memory of those that ended lately. Owner thread only. */
final class H2Streams {
    private static final int REMEMBERED = 256;

    private final Set<H2Stream> all = new LinkedHashSet<>();
    private final Map<Integer, H2Stream> byId = new HashMap<>();
    /** Ids of streams that ended, in a ring; negative if it was this side that reset them. */
    private final int[] ended = new int[REMEMBERED];
    private int next;

    /** A stream without an id: one that this side has not begun yet. */
    void add(H2Stream stream) {
        all.add(stream);
    }

    /** The stream has its id now. */
    void begun(H2Stream stream) {
        all.add(stream);
        byId.put(stream.id, stream);
    }

    /** @return false if it was not here any more */
    boolean remove(H2Stream stream) {
        if (!all.remove(stream)) {
            return false;
        }
        if (stream.id != 0) {
            byId.remove(stream.id);
            remember(stream.id, stream.wasResetHere());
        }
        return true;
    }

    private void remember(int id, boolean resetHere) {
        ended[next] = resetHere ? -id : id;
        next = (next + 1) % REMEMBERED;
    }

    /** A stream that was refused as soon as it began. */
    void refused(int id) {
        remember(id, true);
    }

    H2Stream get(int id) {
        return byId.get(id);
    }

    /** Whether this side has reset the stream lately: what still comes on it was under way. */
    boolean wasResetHere(int id) {
        return remembers(-id);
    }

    /** Whether the stream has ended lately, and not by a reset from here. */
    boolean hasEnded(int id) {
        return remembers(id);
    }

    private boolean remembers(int entry) {
        for (int id : ended) {
            if (id == entry) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    Collection<H2Stream> all() {
        return all;
    }

    /** For loops whose body may end streams. */
    List<H2Stream> snapshot() {
        return List.copyOf(all);
    }
}

package sample.bench.endtoend;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One of the proxies that run side by side.
 *
 * @param kind  what is in it
 * @param reuse never or always
 */
record Arm(Kind kind, String reuse) {

    /** What is compared. */
    enum Kind {
        /** As it is. */
        PLAIN,
        /** The same in another JVM: what it differs by is what differs by itself. */
        AGAIN,
        /** With the flag in the source. */
        PATCHED,
        /** With the agent. */
        BYPASS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final List<String> REUSES = List.of("never", "always");

    /** All that run side by side. */
    static final List<Arm> ALL = Stream.of(Kind.values()).flatMap(kind -> REUSES.stream().map(reuse -> new Arm(kind, reuse))).toList();

    /** Whether a wake locks only what may be idle. */
    boolean flagged() {
        return kind == Kind.PATCHED || kind == Kind.BYPASS;
    }

    @Override
    public String toString() {
        return kind.word() + "-" + reuse;
    }
}

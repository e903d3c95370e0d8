package sample.bench.demo;

import java.util.Locale;
import sample.bench.jvm.Jdk;

/**
 * One proxy of the demo, before it runs.
 *
 * @param kind  without the agent, or in which mode of the agent
 * @param jdk   what runs it
 * @param lock  reentrant, synchronized or spin
 * @param reuse never or always
 */
record Arm(Kind kind, Jdk jdk, String lock, String reuse) {

    /** What the demo compares. */
    enum Kind {
        PLAIN, OBSERVE, BYPASS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean agent() {
            return this != PLAIN;
        }
    }

    /** The arms that run side by side share all but their kind. */
    String group() {
        return "JDK " + jdk.feature() + ", " + lock + ", " + reuse;
    }

    /** Stem of the files that belong to this arm. */
    String fileName() {
        return kind.word() + "-jdk" + jdk.feature() + "-" + lock + "-" + reuse;
    }
}

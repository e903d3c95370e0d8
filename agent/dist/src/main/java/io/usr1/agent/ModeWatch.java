package io.usr1.agent;

import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.runtime.Mode;
import org.slf4j.Logger;

/** Follows {@code usr1.mode}, so that {@code System.setProperty} switches a running JVM. The agent's thread only. */
final class ModeWatch {

    private final WeavingTransformer transformer;
    private final Logger log;
    private final Mode atStart;
    private Mode current;
    private String refused;

    ModeWatch(Mode atStart, WeavingTransformer transformer, Logger log) {
        this.atStart = atStart;
        this.current = atStart;
        this.transformer = transformer;
        this.log = log;
    }

    /** A property that is not set means the mode at start. A wrong word is said once and changes nothing. */
    void look() {
        String word = System.getProperty(Options.PREFIX + "mode");
        try {
            Mode next = word == null ? atStart : Options.mode(word.strip());
            refused = null;
            if (next != current) {
                current = next;
                transformer.mode(next);
            }
        } catch (OptionException wrong) {
            if (!word.equals(refused)) {
                refused = word;
                log.error("{}; the mode stays {}", wrong.getMessage(), current);
            }
        }
    }
}

package io.usr1.agent;

import io.usr1.agent.control.Modes;
import io.usr1.entry.OptionException;
import io.usr1.entry.Options;
import io.usr1.runtime.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * The mode of each target: {@code usr1.target.NAME.mode}, else {@code usr1.mode}. Both are read again and again, so that
 * {@code System.setProperty} switches a running JVM; what is set over JMX goes through the same properties.
 */
final class ModeWatch implements Modes {

    private static final String COMMON = "mode";

    private final Logger log;
    private Mode commonAtStart;
    private final Map<String, Mode> ownAtStart = new HashMap<>();
    private final Map<String, Mode> current = new ConcurrentHashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private volatile Mode common;
    private WeavingTransformer transformer;

    ModeWatch(Options options, List<String> targets, Logger log) throws OptionException {
        this.log = log;
        follow(options, targets);
    }

    /** Starts from these, for the first time or again. */
    final synchronized void follow(Options options, List<String> targets) throws OptionException {
        commonAtStart = options.mode();
        common = commonAtStart;
        for (String target : targets) {
            Mode own = options.targetMode(target);
            ownAtStart.put(target, own);
            current.put(target, own == null ? commonAtStart : own);
        }
    }

    /** Whether it was given a mode of its own at start. */
    synchronized boolean own(String target) {
        return ownAtStart.get(target) != null;
    }

    /** Whom changes are told. */
    synchronized void tell(WeavingTransformer changed) {
        this.transformer = changed;
    }

    /**
     * The mode that holds for a target. Takes no lock: a thread that defines a class asks while it holds its own, and the
     * one that tells of a change holds this one's. A change is written here before it is told, so nobody misses it.
     */
    Mode of(String target) {
        return current.get(target);
    }

    /** Reads the properties. A property that is not set means what was said at start; a wrong word is said once and changes nothing. */
    synchronized void look() {
        String word = System.getProperty(Options.PREFIX + COMMON);
        common = word == null ? commonAtStart : read(COMMON, word.strip(), common);
        for (String target : List.copyOf(current.keySet())) {
            Mode next = next(target);
            if (next != current.put(target, next)) {
                transformer.mode(target, next);
            }
        }
    }

    @Override public String mode() {
        return common.name().toLowerCase(Locale.ROOT);
    }

    @Override public void mode(String word) {
        set(COMMON, word.strip());
    }

    @Override public void mode(String target, String word) {
        set(key(target), word.strip());
    }

    private Mode next(String target) {
        String word = System.getProperty(Options.PREFIX + key(target));
        if (word == null) {
            Mode own = ownAtStart.get(target);
            return own == null ? common : own;
        }
        return word.isBlank() ? common : read(key(target), word.strip(), current.get(target));
    }

    private Mode read(String key, String word, Mode otherwise) {
        try {
            Mode mode = Options.mode(key, word);
            told.remove(key);
            return mode;
        } catch (OptionException wrong) {
            if (!word.equals(told.put(key, word))) {
                log.error("{}; the mode stays {}", wrong.getMessage(), otherwise.name().toLowerCase(Locale.ROOT));
            }
            return otherwise;
        }
    }

    private void set(String key, String word) {
        try {
            if (key.equals(COMMON) || !word.isEmpty()) {
                Options.mode(key, word);
            }
        } catch (OptionException wrong) {
            throw new IllegalArgumentException(wrong.getMessage());
        }
        System.setProperty(Options.PREFIX + key, word);
        look();
    }

    private static String key(String target) {
        return "target." + target + ".mode";
    }
}

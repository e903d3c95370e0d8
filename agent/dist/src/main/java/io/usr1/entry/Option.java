package io.usr1.entry;

/** Every option, a row each: {@code docs/options.md}, the command {@code options} and what is checked at start are these rows. */
public enum Option {

    MODE("mode", "bypass", "what woven code does, see Modes; read again while the JVM runs", "off", "observe", "audit", "bypass"),
    TARGET_MODE("target.NAME.mode", "none", "the mode of the target of that name, instead of the common one; read again too", "as usr1.mode, or empty"),
    TARGETS("targets", "none", "the targets to use", "files, and folders of .yaml files, separated as in -cp"),
    BUILTINS("builtins", "on", "which of the targets that the agent brings along are used", "on, off, or names of them, separated by commas (by + in agent arguments)"),
    COUNTERS("counters", "cheap", "how bypasses are counted: held back on the carrier and folded now and then, each at once, or not at all", "cheap", "exact", "off"),
    COUNTERS_FILE("counters.file", "none", "writes all counters as JSON when the JVM ends", "a file; %p is the process id"),
    EVENTS("events", "detailed", "the most that is recorded, whatever recordings ask for: nothing; nothing that comes once an operation; all", "off", "default", "detailed"),
    STATISTICS_PERIOD("statistics.period", "none", "statistics are recorded no more often than this, whatever recordings ask for", "whole seconds or minutes, as 10s or 1m"),
    BREAKER("breaker", "on", "whether a clear flag on a connection that is about to leave its list shuts the gate for good", "on", "off"),
    LOG("log", "error", "refusals are errors; info adds a line for each woven target and each change of mode", "off", "error", "info", "debug"),
    LOG_FILE("log.file", "stderr", "where log lines go", "a file");

    private static final String NAME = "NAME";

    private final String key;
    private final String otherwise;
    private final String what;
    private final String[] allowed;

    /** @param allowed the words that it may say, or else one phrase for what it may */
    Option(String key, String otherwise, String what, String... allowed) {
        this.key = key;
        this.otherwise = otherwise;
        this.what = what;
        this.allowed = allowed;
    }

    /** As an agent argument says it; with {@link Options#PREFIX} before it, the system property. */
    public String key() {
        return key;
    }

    /** What holds where it is not given. */
    public String otherwise() {
        return otherwise;
    }

    /** A phrase. */
    public String what() {
        return what;
    }

    /** The words that it may say; null if it may say more than some words. */
    public String[] words() {
        return allowed.length == 1 ? null : allowed.clone();
    }

    /** For a sentence: {@code cheap or exact}, or {@code a file}. */
    public String allowed() {
        StringBuilder phrase = new StringBuilder(allowed[0]);
        for (int i = 1; i < allowed.length; i++) {
            phrase.append(i == allowed.length - 1 ? " or " : ", ").append(allowed[i]);
        }
        return phrase.toString();
    }

    /** The one of that key; null if there is none. */
    static Option of(String key) {
        for (Option option : values()) {
            if (option.key.equals(key) || option.nameIn(key) != null) {
                return option;
            }
        }
        return null;
    }

    /** What stands in the key where the row says NAME; null if the key is not of that row. */
    String nameIn(String other) {
        int name = key.indexOf(NAME);
        if (name < 0) {
            return null;
        }
        String behind = key.substring(name + NAME.length());
        boolean of = other.length() > key.length() - NAME.length() && other.startsWith(key.substring(0, name)) && other.endsWith(behind);
        return of ? other.substring(name, other.length() - behind.length()) : null;
    }

    String key(String name) {
        return key.replace(NAME, name);
    }
}

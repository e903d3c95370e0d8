package io.usr1.entry;

import io.usr1.runtime.Mode;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The options, as system properties {@code usr1.*} or as agent arguments {@code key=value,key=value} without the prefix.
 * A property wins over an argument, so that one switch of one JVM can be changed where the command line is generated.
 */
public final class Options {

    /** Prefix of every system property. */
    public static final String PREFIX = "usr1.";

    /** Every key, with what it may say; also the source of the message for a misspelt one. */
    private static final Map<String, String> KEYS = new TreeMap<>(Map.of(
            "mode", "off, observe, audit or bypass",
            "targets", "target files, and folders of them, separated by the path separator",
            "counters", "cheap or exact",
            "counters.file", "a file",
            "breaker", "on or off",
            "log", "off, error, info or debug",
            "log.file", "a file"));

    private static final String TARGET = "target.";
    private static final String MODE = ".mode";

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param arguments  the agent's argument string, may be null
     * @param properties the system properties
     * @throws OptionException for an unknown key or a value that is not allowed
     */
    static Options read(String arguments, Properties properties) throws OptionException {
        Map<String, String> values = new TreeMap<>();
        for (String pair : arguments == null || arguments.isBlank() ? new String[0] : arguments.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new OptionException("the agent argument '" + pair + "' is no key=value");
            }
            put(values, pair.substring(0, equals).strip(), pair.substring(equals + 1).strip(), "");
        }
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                put(values, name.substring(PREFIX.length()), properties.getProperty(name).strip(), PREFIX);
            }
        }
        Options options = new Options(values);
        options.mode();
        for (String key : values.keySet()) {
            if (isTargetMode(key)) {
                options.targetMode(key.substring(TARGET.length(), key.length() - MODE.length()));
            }
        }
        options.oneOf("counters", "cheap", "exact");
        options.oneOf("breaker", "on", "off");
        options.oneOf("log", "error", "off", "info", "debug");
        return options;
    }

    /** Of the agent's argument string alone. */
    public static Options ofArguments(String arguments) throws OptionException {
        return read(arguments, new Properties());
    }

    private static void put(Map<String, String> values, String key, String value, String prefix) throws OptionException {
        if (!KEYS.containsKey(key) && !isTargetMode(key)) {
            String near = nearest(key);
            throw new OptionException("there is no option '" + prefix + key + "'; "
                    + (near == null ? "the options are " + prefix + String.join(", " + prefix, KEYS.keySet()) + " and " + prefix + "target.NAME.mode"
                    : "did you mean '" + prefix + near + "'?"));
        }
        values.put(key, value);
    }

    public Mode mode() throws OptionException {
        return mode("mode", values.getOrDefault("mode", "bypass"));
    }

    /**
     * A mode's word, in any case.
     *
     * @param key of the option that says it, for the message
     */
    public static Mode mode(String key, String word) throws OptionException {
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(word)) {
                return mode;
            }
        }
        throw new OptionException(PREFIX + key + " is '" + word + "'; expected " + KEYS.get("mode"));
    }

    /** The mode of one target's own, in any case; null if it follows the common mode. */
    public Mode targetMode(String target) throws OptionException {
        String word = values.get(TARGET + target + MODE);
        return word == null || word.isEmpty() ? null : mode(TARGET + target + MODE, word);
    }

    /** True if no target can be anything but off, so that nothing needs to be installed. */
    boolean allOff() throws OptionException {
        boolean off = mode() == Mode.OFF;
        for (Map.Entry<String, String> value : values.entrySet()) {
            off &= !isTargetMode(value.getKey()) || value.getValue().isEmpty() || mode(value.getKey(), value.getValue()) == Mode.OFF;
        }
        return off;
    }

    /** Files as they were named, and those in folders that were named, in the order of their names. */
    List<File> targetFiles() {
        List<File> files = new ArrayList<>();
        for (String name : values.getOrDefault("targets", "").split(File.pathSeparator)) {
            if (!name.isBlank()) {
                File named = new File(name);
                String[] inside = named.list();
                if (inside == null) {
                    files.add(named);
                } else {
                    addTargets(named, inside, files);
                }
            }
        }
        return files;
    }

    private static void addTargets(File folder, String[] names, List<File> files) {
        Arrays.sort(names);
        for (String name : names) {
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                files.add(new File(folder, name));
            }
        }
    }

    /** As {@link #targetFiles}, for the agent proper. */
    public List<String> targets() {
        List<String> names = new ArrayList<>();
        targetFiles().forEach(file -> names.add(file.getPath()));
        return names;
    }

    public boolean exactCounters() throws OptionException {
        return oneOf("counters", "cheap", "exact").equals("exact");
    }

    /** Whether a clear flag on a connection that is about to be unlinked shuts the gate; on by default. */
    public boolean breaker() throws OptionException {
        return oneOf("breaker", "on", "off").equals("on");
    }

    /** Where the counters are written when the JVM ends; null for nowhere. */
    public String countersFile() {
        return values.get("counters.file");
    }

    /** {@code off}, {@code error} (default), {@code info} or {@code debug}. */
    public String logLevel() throws OptionException {
        return oneOf("log", "error", "off", "info", "debug");
    }

    /** Where log lines go; null for stderr. */
    public String logFile() {
        return values.get("log.file");
    }

    private static boolean isTargetMode(String key) {
        return key.startsWith(TARGET) && key.endsWith(MODE) && key.length() > TARGET.length() + MODE.length();
    }

    private static String nearest(String key) {
        // A start without a mistake does not need it: only the agent's own loader has it.
        try {
            return (String) ((Optional<?>) new AgentLoader(BootPath.agentJar()).loadClass("io.usr1.target.Nearest")
                    .getMethod("to", String.class, Collection.class).invoke(null, key, KEYS.keySet())).orElse(null);
        } catch (IOException | ReflectiveOperationException e) {
            return null;
        }
    }

    /** The first word is the default. */
    private String oneOf(String key, String... words) throws OptionException {
        String value = values.getOrDefault(key, words[0]).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (word.equals(value)) {
                return value;
            }
        }
        throw notAllowed(key, value);
    }

    private static OptionException notAllowed(String key, String value) {
        return new OptionException(PREFIX + key + " is '" + value + "'; expected " + KEYS.get(key));
    }
}

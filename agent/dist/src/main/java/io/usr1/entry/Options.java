package io.usr1.entry;

import io.usr1.runtime.Mode;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options that were given, as system properties {@code usr1.*} or as agent arguments {@code key=value,key=value} without
 * the prefix. A property wins over an argument, so that one switch of one JVM can be changed where the command line is generated.
 */
public final class Options {

    /** Prefix of every system property. */
    public static final String PREFIX = "usr1.";

    private static final int SECONDS_OF_A_MINUTE = 60;
    private static final int MAX_DIGITS = 6;

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param arguments  the agent's argument string, may be null
     * @param properties the system properties
     * @throws OptionException for an unknown key or a value that is not allowed
     */
    public static Options read(String arguments, Properties properties) throws OptionException {
        Map<String, String> values = arguments(arguments);
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                put(values, name.substring(PREFIX.length()), properties.getProperty(name).strip(), PREFIX);
            }
        }
        return checked(values);
    }

    /** Of the agent's argument string alone. */
    public static Options ofArguments(String arguments) throws OptionException {
        return checked(arguments(arguments));
    }

    /** {@code key=value} by key, without a look at the values. */
    static Map<String, String> arguments(String text) throws OptionException {
        Map<String, String> values = new TreeMap<>();
        for (String pair : text == null || text.isBlank() ? new String[0] : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new OptionException("the agent argument '" + pair + "' is no key=value");
            }
            put(values, pair.substring(0, equals).strip(), pair.substring(equals + 1).strip(), "");
        }
        return values;
    }

    private static Options checked(Map<String, String> values) throws OptionException {
        Options options = new Options(values);
        options.builtIns();
        options.statisticsSeconds();
        for (String key : values.keySet()) {
            Option option = Option.of(key);
            if (option == Option.TARGET_MODE) {
                options.targetMode(option.nameIn(key));
            } else if (option.words() != null) {
                options.word(option);
            }
        }
        return options;
    }

    private static void put(Map<String, String> values, String key, String value, String prefix) throws OptionException {
        if (Option.of(key) == null) {
            List<String> keys = new ArrayList<>();
            for (Option option : Option.values()) {
                keys.add(option.key());
            }
            keys.sort(null);
            String near = nearest(key, keys);
            throw new OptionException("there is no option '" + prefix + key + "'; "
                    + (near == null ? "the options are " + prefix + String.join(", " + prefix, keys) : "did you mean '" + prefix + near + "'?"));
        }
        values.put(key, value);
    }

    public Mode mode() throws OptionException {
        return mode(Option.MODE.key(), word(Option.MODE));
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
        throw notAllowed(key, word, Option.MODE);
    }

    /** The mode of one target's own, in any case; null if it follows the common mode. */
    public Mode targetMode(String target) throws OptionException {
        String key = Option.TARGET_MODE.key(target);
        String word = values.get(key);
        return word == null || word.isEmpty() ? null : mode(key, word);
    }

    /** True if no target can be anything but off, so that nothing needs to be installed. */
    boolean allOff() throws OptionException {
        boolean off = mode() == Mode.OFF;
        for (String key : values.keySet()) {
            String target = Option.TARGET_MODE.nameIn(key);
            Mode own = target == null ? null : targetMode(target);
            off &= own == null || own == Mode.OFF;
        }
        return off;
    }

    /** Files as they were named, and those in folders that were named, in the order of their names. */
    public List<File> targetFiles() {
        List<File> files = new ArrayList<>();
        for (String name : values.getOrDefault(Option.TARGETS.key(), "").split(File.pathSeparator)) {
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

    /** Names of the targets, of those that the agent brings along, that are to be used. */
    Set<String> builtIns() throws OptionException {
        String value = values.getOrDefault(Option.BUILTINS.key(), Option.BUILTINS.otherwise());
        Set<String> all = BuiltIns.allNames();
        if (value.equalsIgnoreCase("on")) {
            return all;
        }
        Set<String> named = new TreeSet<>();
        for (String word : value.equalsIgnoreCase("off") ? new String[0] : value.replace('+', ',').split(",")) {
            String name = word.strip();
            if (!all.contains(name)) {
                String near = nearest(name, all);
                throw new OptionException(PREFIX + Option.BUILTINS.key() + " names '" + name + "', which is no built-in target; "
                        + (near == null ? "expected on, off or some of " + String.join(", ", all) : "did you mean '" + near + "'?"));
            }
            named.add(name);
        }
        return named;
    }

    /** How bypasses are counted: {@code cheap}, {@code exact} or {@code off}. */
    public String counters() throws OptionException {
        return word(Option.COUNTERS);
    }

    /** Whether a clear flag on a connection that is about to be unlinked shuts the gate; on by default. */
    public boolean breaker() throws OptionException {
        return word(Option.BREAKER).equals("on");
    }

    /** The most that is recorded: {@code off}, {@code default} or {@code detailed}. */
    public String events() throws OptionException {
        return word(Option.EVENTS);
    }

    /** Statistics are recorded no more often than this; 0 for as often as recordings ask. */
    public int statisticsSeconds() throws OptionException {
        String value = values.get(Option.STATISTICS_PERIOD.key());
        if (value == null) {
            return 0;
        }
        int last = value.length() - 1;
        String number = last < 1 || last > MAX_DIGITS ? "" : value.substring(0, last);
        boolean digits = !number.isEmpty();
        for (int i = 0; i < number.length(); i++) {
            digits &= number.charAt(i) >= '0' && number.charAt(i) <= '9';
        }
        int unit = last < 0 ? 0 : value.charAt(last) == 's' ? 1 : value.charAt(last) == 'm' ? SECONDS_OF_A_MINUTE : 0;
        if (!digits || unit == 0 || Integer.parseInt(number) == 0) {
            throw notAllowed(Option.STATISTICS_PERIOD.key(), value, Option.STATISTICS_PERIOD);
        }
        return Integer.parseInt(number) * unit;
    }

    /** Where the counters are written when the JVM ends; null for nowhere. */
    public String countersFile() {
        return values.get(Option.COUNTERS_FILE.key());
    }

    /** {@code off}, {@code error} (default), {@code info} or {@code debug}. */
    public String logLevel() throws OptionException {
        return word(Option.LOG);
    }

    /** Where log lines go; null for stderr. */
    public String logFile() {
        return values.get(Option.LOG_FILE.key());
    }

    private static String nearest(String key, Collection<String> keys) {
        // A start without a mistake does not need it: only the agent's own loader has it.
        try {
            return (String) ((Optional<?>) new AgentLoader(BootPath.agentJar(), ClassLoader.getPlatformClassLoader()).loadClass("io.usr1.target.Nearest")
                    .getMethod("to", String.class, Collection.class).invoke(null, key, keys)).orElse(null);
        } catch (IOException | ReflectiveOperationException e) {
            return null;
        }
    }

    /** What was given, or the default, as the row writes it. */
    private String word(Option option) throws OptionException {
        String value = values.getOrDefault(option.key(), option.otherwise());
        for (String word : option.words()) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        throw notAllowed(option.key(), value, option);
    }

    private static OptionException notAllowed(String key, String value, Option option) {
        return new OptionException(PREFIX + key + " is '" + value + "'; expected " + option.allowed());
    }
}

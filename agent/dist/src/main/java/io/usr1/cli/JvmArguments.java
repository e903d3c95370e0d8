package io.usr1.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The options of a JVM, that runs or is about to, as far as they are of interest here. */
final class JvmArguments {

    private static final List<String> TAKE_A_VALUE = List.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path",
            "--add-modules", "--limit-modules", "--add-reads", "--add-exports", "--add-opens", "--patch-module", "--enable-native-access");

    private final List<String> options;
    private final String classPath;
    private final String main;

    private JvmArguments(List<String> options, String classPath, String main) {
        this.options = options;
        this.classPath = classPath;
        this.main = main;
    }

    /** Of a JVM that runs; paths with blanks come apart here, which no question below minds. */
    static JvmArguments ofRunning(String line) {
        return new JvmArguments(Arrays.asList(line.split(" ")), null, null);
    }

    /** @param arguments what follows {@code java} */
    static JvmArguments ofCommand(List<String> arguments) {
        List<String> options = new ArrayList<>();
        String classPath = System.getenv().getOrDefault("CLASSPATH", ".");
        String main = null;
        for (int i = 0; i < arguments.size() && main == null; i++) {
            String argument = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (argument.equals("-jar")) {
                classPath = value;
                main = value;
            } else if (TAKE_A_VALUE.contains(argument)) {
                classPath = argument.startsWith("-c") || argument.equals("--class-path") ? value : classPath;
                options.add(argument + "=" + value);
                i++;
            } else if (argument.startsWith("--class-path=")) {
                classPath = argument.substring(argument.indexOf('=') + 1);
            } else if (argument.startsWith("-") || argument.startsWith("@")) {
                options.add(argument);
            } else {
                main = argument;
            }
        }
        return new JvmArguments(options, classPath, main);
    }

    /** As a command gives it; null of a JVM that runs. */
    String classPath() {
        return classPath;
    }

    /** Class or jar; null if there is none. */
    String main() {
        return main;
    }

    /** Options that start so, without that. */
    List<String> behind(String prefix) {
        return options.stream().filter(option -> option.startsWith(prefix)).map(option -> option.substring(prefix.length())).toList();
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** Java agents and native ones, in their order, without ours. */
    List<String> otherAgents() {
        return options.stream().filter(option -> option.startsWith("-javaagent:") && !isOurs(option)
                || option.startsWith("-agentlib:") || option.startsWith("-agentpath:")).toList();
    }

    /** Ours with its arguments; null if it is not given. */
    String ourAgent() {
        return options.stream().filter(JvmArguments::isOurs).findFirst().orElse(null);
    }

    private static boolean isOurs(String option) {
        return option.startsWith("-javaagent:") && option.split("=", 2)[0].endsWith("usr1-agent.jar");
    }
}

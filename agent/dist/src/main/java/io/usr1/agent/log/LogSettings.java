package io.usr1.agent.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.Level;

/** What is logged and where. Set once, before the first line. */
public final class LogSettings {

    private static final List<String> OFF_TO_DEBUG = List.of("off", "error", "info", "debug");

    private static volatile int verbosity = OFF_TO_DEBUG.indexOf("error");
    private static volatile PrintStream file;

    private LogSettings() {
    }

    /**
     * @param level {@code off}, {@code error}, {@code info} or {@code debug}
     * @param path  null for stderr; a file that cannot be opened is said on stderr, which is then used
     */
    public static void set(String level, String path) {
        verbosity = OFF_TO_DEBUG.indexOf(level.toLowerCase(Locale.ROOT));
        if (path != null) {
            try {
                file = new PrintStream(new FileOutputStream(path, true), true, StandardCharsets.UTF_8);
            } catch (IOException e) {
                System.err.println("usr1-agent: usr1.log.file '" + path + "' cannot be written (" + e.getMessage()
                        + "); expected a file in an existing folder; the log goes to stderr");
            }
        }
    }

    /** WARN counts as an error: whoever wants to hear of one wants the other. */
    static boolean wanted(Level level) {
        int needed = level.toInt() >= Level.WARN.toInt() ? 1 : level == Level.INFO ? 2 : 3;
        return verbosity >= needed;
    }

    /** Looked up for each line: an application may have replaced System.err since. */
    static PrintStream stream() {
        PrintStream chosen = file;
        return chosen == null ? System.err : chosen;
    }
}

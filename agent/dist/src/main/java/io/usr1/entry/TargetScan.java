package io.usr1.entry;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the packages that a target file may mean, without reading it as YAML: the package of every word that looks like
 * a class name, and the file's {@code package}. That is more than the target's packages and never less, and one too many
 * costs nothing: the first class that hits loads the agent proper, which reads the file for real. A start without a hit
 * pays for no parser. Whole packages and not classes, because the weaver must see every class that could write a field
 * it relies on, from the first one on.
 */
final class TargetScan {

    private static final int MAX_BYTES = 1 << 20;

    private final Set<String> packages = new HashSet<>();
    private final List<File> files = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private TargetScan() {
    }

    /** A file that cannot be one is left out; the others are not to suffer from it. */
    static TargetScan of(List<File> files) {
        TargetScan scan = new TargetScan();
        for (File file : files) {
            try {
                String text = content(file);
                // What follows finds packages even in nonsense, or none; without this nobody would ever hear of such a file.
                if (!text.contains("carrier:") && !text.contains("observe:")) {
                    throw new OptionException("usr1.targets names '" + file + "', which has no 'carrier:' or 'observe:'; expected a target file");
                }
                scan(text, scan.packages);
                scan.files.add(file);
            } catch (OptionException wrong) {
                scan.problems.add(wrong.getMessage());
            }
        }
        return scan;
    }

    /** In internal form ({@code org/example}); the unnamed one is the empty string. */
    Set<String> packages() {
        return packages;
    }

    /** Those that may be targets. */
    List<File> files() {
        return files;
    }

    /** A sentence, without its full stop, for each of the others. */
    List<String> problems() {
        return problems;
    }

    /** The package of an internal class name. */
    static String packageOf(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash < 0 ? "" : internalName.substring(0, slash);
    }

    /** What is no file of a sensible size is not read here at all: a pipe would block the application, a dump fill its heap. */
    private static String content(File file) throws OptionException {
        if (file.exists() && !file.isFile()) {
            throw new OptionException("usr1.targets names '" + file + "', which is no regular file; expected a target file");
        }
        if (file.length() > MAX_BYTES) {
            throw new OptionException("usr1.targets names '" + file + "', which is larger than 1 MB; expected a target file");
        }
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OptionException("usr1.targets names '" + file + "', which cannot be read (" + e.getMessage()
                    + "); expected a target file");
        }
    }

    private static void scan(String text, Set<String> packages) {
        String own = ownPackage(text);
        packages.add(own);
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean part = i < text.length() && (Character.isJavaIdentifierPart(text.charAt(i)) || text.charAt(i) == '.');
            if (part && start < 0) {
                start = i;
            } else if (!part && start >= 0) {
                addAbove(text.substring(start, i).replace('.', '/'), packages);
                start = -1;
            }
        }
    }

    /** {@code a/b/C} is a class in {@code a/b}; {@code a/b/C/field} is a field of one. */
    private static void addAbove(String word, Set<String> packages) {
        String above = packageOf(word);
        for (int level = 0; level < 2 && !above.isEmpty(); level++) {
            // Words like java.lang.Object name a parameter, never a class to weave; java/lang would hit at once.
            if (!above.startsWith("java/")) {
                packages.add(above);
            }
            above = packageOf(above);
        }
    }

    /** No regular expressions on the way to the application's main: their classes alone cost milliseconds. */
    private static String ownPackage(String text) {
        String key = "package:";
        int start = text.startsWith(key) ? 0 : text.indexOf("\npackage:") + 1;
        if (start == 0 && !text.startsWith(key)) {
            return "";
        }
        int end = text.indexOf('\n', start);
        String name = text.substring(start + key.length(), end < 0 ? text.length() : end);
        int comment = name.indexOf(" #");
        return (comment < 0 ? name : name.substring(0, comment)).replace("\"", "").replace("'", "").strip().replace('.', '/');
    }
}

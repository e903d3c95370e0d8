package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Changes to the sources of the sample proxy, or to its target. What the agent must never let happen is done by the
 * changed source itself: it calls the runtime's marks, which no rule of the proof looks for, so that the proof lets it
 * pass and what finds it at run time has something to find.
 */
final class Mutation {

    private static final Path SOURCES = ProxyCommand.TARGET.resolveSibling("proxy/src/main/java/sample/proxy");
    /** In its window a mutant dawdles, so that it need not be lucky to do harm. */
    static final String DELAY = "java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);";

    private final Map<String, String> changed = new LinkedHashMap<>();
    private String target;

    private Mutation() throws IOException {
        this.target = Files.readString(ProxyCommand.TARGET);
    }

    static Mutation none() throws IOException {
        return new Mutation();
    }

    /** Replaces a text that stands in the file exactly once. */
    Mutation source(String file, String found, String instead) throws IOException {
        String text = changed.containsKey(file) ? changed.get(file) : Files.readString(SOURCES.resolve(file + ".java"));
        changed.put(file, once(file, text, found, instead));
        return this;
    }

    Mutation target(String found, String instead) {
        target = once("the target", target, found, instead);
        return this;
    }

    /** The changed target in a file of that name. */
    Path writeTarget(Path file) throws IOException {
        return Files.writeString(file, target);
    }

    /** Compiles what is changed; a class path that has it before the proxy's own classes. */
    String compile(Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-nowarn", "-proc:none", "-d", Files.createDirectories(folder).toString(),
                "-cp", ProxyCommand.PROXY + System.getProperty("path.separator") + System.getProperty("java.class.path")));
        Path sources = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-source"));
        for (Map.Entry<String, String> file : changed.entrySet()) {
            arguments.add(Files.writeString(sources.resolve(file.getKey() + ".java"), file.getValue()).toString());
        }
        if (!changed.isEmpty()) {
            assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)), "exit code of javac; see standard error");
        }
        return folder + System.getProperty("path.separator") + ProxyCommand.PROXY;
    }

    private static String once(String where, String text, String found, String instead) {
        int at = text.indexOf(found);
        assertTrue(at >= 0 && text.indexOf(found, at + 1) < 0, () -> where + " has not exactly one '" + found + "'");
        return text.replace(found, instead);
    }
}

package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.BadTargets;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in targets where nothing of theirs is, and beside a user's own. */
class BuiltInsIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";

    @TempDir private Path folder;

    /** No class of the agent proper, no YAML parser and no weaver is loaded for an application that has none of the libraries. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void withoutAHitTheyCostSomeClassesOfTheEntry(Jdk jdk) throws IOException, InterruptedException {
        Path loaded = folder.resolve("loaded.txt");
        Forked forked = application(jdk, "-Xlog:class+load:file=" + loaded);
        assertEquals(List.of(), forked.err());
        List<String> ours = Files.readAllLines(loaded).stream().filter(line -> line.contains(" io.usr1.")).toList();
        assertTrue(ours.stream().anyMatch(line -> line.contains(" io.usr1.entry.BuiltIns ")), ours::toString);
        assertEquals(List.of(), ours.stream().filter(line -> !line.contains(" io.usr1.entry.") && !line.contains(" io.usr1.runtime.")).toList());
        assertTrue(ours.size() <= 16, ours.size() + " classes");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aFileOfThatNameIsUsedInstead(Jdk jdk) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("own.yaml"), BadTargets.GOOD.replace("target: mini", "target: druid").replace("class: Tasklet", "class: Application"));
        Forked forked = application(jdk, "-Dusr1.log=info", "-Dusr1.targets=" + file);
        assertEquals(1, forked.err().stream().filter(line -> line.endsWith("target druid: " + file + " is used, and not the built-in target of that name")).count(),
                () -> String.join("\n", forked.err()));
        assertTrue(forked.err().stream().anyMatch(line -> line.contains("target druid in loader app: refused")), () -> String.join("\n", forked.err()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aMisspeltNameIsOneSentence(Jdk jdk) throws IOException, InterruptedException {
        Forked forked = application(jdk, "-Dusr1.builtins=druit");
        assertEquals(List.of("usr1-agent: usr1.builtins names 'druit', which is no built-in target; did you mean 'druid'?; the application runs without it"), forked.err());
    }

    private Forked application(Jdk jdk, String... options) throws IOException, InterruptedException {
        String[] command = new String[options.length + 4];
        System.arraycopy(options, 0, command, 0, options.length);
        command[options.length] = "-javaagent:" + AgentJarIT.JAR;
        command[options.length + 1] = "-cp";
        command[options.length + 2] = System.getProperty("test.classes");
        command[options.length + 3] = "org.example.Application";
        Forked forked = Forked.run(jdk, folder, command);
        assertEquals(3, forked.code(), () -> String.join("\n", forked.err()));
        return forked;
    }
}

package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.BadTargets;
import io.usr1.testing.Jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is given as a target file, the application does what it does without, and one line says what is wrong. */
class BadTargetsIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";

    @TempDir private Path folder;

    /** These look like targets before the application starts, and are read at the first class that one of them may mean. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void eachIsOneLineAndTheApplicationRuns(Jdk jdk) throws IOException, InterruptedException {
        List<BadTargets.Bad> bad = likeTargets(true);
        List<String> files = written(bad);
        Forked forked = withTargets(jdk, String.join(File.pathSeparator, files));
        assertUntouched(forked);
        assertEquals(bad.size(), forked.err().size(), () -> String.join("\n", forked.err()));
        for (int i = 0; i < bad.size(); i++) {
            String line = forked.err().get(i);
            assertTrue(line.startsWith("usr1-agent ") && line.contains(files.get(i) + ":") && line.contains(bad.get(i).says())
                    && line.endsWith("; the target is not used"), line);
        }
    }

    /** These do not, and are no reason to start the agent; a good one beside them is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void whatIsPlainlyNoTargetIsOneLineToo(Jdk jdk) throws IOException, InterruptedException {
        List<String> files = written(likeTargets(false));
        files.add(folder.resolve("nowhere.yaml").toString());
        Forked forked = withTargets(jdk, String.join(File.pathSeparator, files));
        assertEachIsNamed(files, forked);
        Path absent = Files.writeString(folder.resolve("absent.yaml"), BadTargets.GOOD.replace("class: Tasklet", "class: Application"));
        Forked withAnother = withTargets(jdk, String.join(File.pathSeparator, files) + File.pathSeparator + absent);
        assertTrue(withAnother.err().remove(files.size()).contains("target mini: org.example."), "the other one is looked at");
        assertEachIsNamed(files, withAnother);
    }

    private static void assertEachIsNamed(List<String> files, Forked forked) {
        assertUntouched(forked);
        assertEquals(files.size(), forked.err().size(), () -> String.join("\n", forked.err()));
        for (int i = 0; i < files.size(); i++) {
            String line = forked.err().get(i);
            assertTrue(line.startsWith("usr1-agent: usr1.targets names '" + files.get(i) + "', which ") && line.endsWith("; the target is not used"), line);
        }
    }

    /** A target that reads well and speaks of classes that are not there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void aClassThatDoesNotExistIsNamedWithItsPlace(Jdk jdk) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("absent.yaml"), BadTargets.GOOD.replace("class: Tasklet", "class: Application"));
        Forked forked = withTargets(jdk, file.toString());
        assertUntouched(forked);
        assertEquals(1, forked.err().size(), () -> String.join("\n", forked.err()));
        assertTrue(forked.err().get(0).matches(".*refused, nothing is woven: target mini: org\\.example\\.\\w+: found no such class, .* \\("
                + java.util.regex.Pattern.quote(file.toString()) + ":\\d+:\\d+\\).*"), forked.err().get(0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void checkSaysTheSame(Jdk jdk) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-jar", AgentJarIT.JAR, "check", "--classpath", folder.toString()));
        List<String> files = written(BadTargets.all());
        files.forEach(file -> command.addAll(List.of("--target", file)));
        Forked forked = Forked.run(jdk, folder, command.toArray(String[]::new));
        assertEquals(2, forked.code());
        assertEquals(List.of(), forked.out());
        assertEquals(files.size(), forked.err().size(), () -> String.join("\n", forked.err()));
        for (int i = 0; i < files.size(); i++) {
            assertTrue(forked.err().get(i).startsWith(files.get(i) + ":"), forked.err().get(i));
        }
    }

    private static List<BadTargets.Bad> likeTargets(boolean are) {
        return BadTargets.all().stream().filter(bad -> are == (bad.content().length < 1 << 20
                && new String(bad.content(), StandardCharsets.UTF_8).contains("carrier:"))).collect(Collectors.toList());
    }

    private List<String> written(List<BadTargets.Bad> bad) throws IOException {
        List<String> files = new ArrayList<>();
        for (BadTargets.Bad one : bad) {
            files.add(one.write(folder).toString());
        }
        return files;
    }

    private Forked withTargets(Jdk jdk, String targets) throws IOException, InterruptedException {
        return Forked.run(jdk, folder, "-javaagent:" + AgentJarIT.JAR, "-Dusr1.targets=" + targets,
                "-cp", System.getProperty("test.classes"), "org.example.Application");
    }

    private static void assertUntouched(Forked forked) {
        assertEquals(List.of("the application was here"), forked.out());
        assertEquals(3, forked.code());
    }
}

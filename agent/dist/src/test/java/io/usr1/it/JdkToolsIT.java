package io.usr1.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JAVA_TOOL_OPTIONS puts the agent into the JDK's own tools too, which it leaves alone without a word. */
class JdkToolsIT {

    private static final String JDKS = "io.usr1.testing.Jdks#stream";
    /** A mistake, which the agent would mention. */
    private static final String OPTIONS = "-javaagent:" + AgentJarIT.JAR + " -Dusr1.mode=nonsense";

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void toolsAreLeftAlone(Jdk jdk) throws IOException, InterruptedException {
        for (List<String> tool : List.of(List.of("javac", "-version"), List.of("jps"), List.of("keytool", "-help"), List.of("jar", "--version"))) {
            Forked forked = run(jdk, tool.get(0), tool.subList(1, tool.size()));
            assertEquals(0, forked.code(), tool::toString);
            assertTrue(forked.err().stream().noneMatch(line -> line.startsWith("usr1-agent")), () -> tool + ": " + forked.err());
        }
    }

    /** It is javac that runs a source file, and yet an application. */
    @ParameterizedTest(name = "{0}")
    @MethodSource(JDKS)
    void applicationsAreNot(Jdk jdk) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("Main.java"), "public class Main { public static void main(String[] none) { System.out.println(1); } }");
        Forked forked = run(jdk, "java", List.of(source.toString()));
        assertEquals(List.of("1"), forked.out());
        assertEquals("usr1-agent: usr1.mode is 'nonsense'; expected off, observe, audit or bypass; the application runs without it",
                forked.err().get(forked.err().size() - 1));
    }

    private Forked run(Jdk jdk, String tool, List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(jdk.tool(tool));
        builder.command().addAll(arguments);
        builder.environment().put("JAVA_TOOL_OPTIONS", OPTIONS);
        return Forked.run(builder, folder);
    }
}

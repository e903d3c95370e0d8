package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every command: help that names the exit codes, JSON for programs, and 2 for whoever asks wrongly. */
class CommandsTest {

    static Stream<String> commands() {
        return Cli.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesExitCodesAndJson(String command) {
        Ran help = Ran.cli(command, "--help");
        assertEquals(0, help.code());
        assertEquals("", help.err());
        assertTrue(help.out().startsWith("Usage: usr1-agent " + command + " "), help::out);
        assertTrue(help.out().matches("(?s).*\\nExit codes:\\n  0   .*\\n  2   .*"), help::out);
        assertTrue(help.out().contains("--json"), help::out);
        assertTrue(help.outLines().stream().allMatch(line -> line.length() <= 80), help::out);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOptionThatIsNotThereIsBadUsage(String command) {
        Ran ran = Ran.cli(command, "--nonsense");
        assertEquals(2, ran.code());
        assertEquals("", ran.out());
        // What a command cannot do without is missed first.
        assertTrue(ran.err().contains("Unknown option: '--nonsense'") || ran.err().contains("Missing required "), ran::err);
        assertTrue(ran.err().contains("Usage: usr1-agent " + command + " "), ran::err);
    }

    @Test
    void whatCannotBeIsSaidInASentence() {
        Ran three = Ran.cli("report", "a.jfr", "b.jfr", "c.jfr");
        assertEquals(2, three.code());
        assertTrue(three.err().startsWith("3 recordings were given; expected one, or two to be compared\nUsage: "), three::err);
        Ran none = Ran.cli("doctor", "99999999999999999999");
        assertEquals(1, none.code());
        assertEquals("usr1-agent: there is no process 99999999999999999999; jps lists the JVMs of this user\n", none.err());
        Ran help = Ran.cli("--help");
        assertTrue(help.out().contains("\n  java -javaagent:usr1-agent.jar -Dusr1.targets=TARGET.yaml ...\n"), help::out);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isInTheTableOfTheDocs(String command) throws IOException {
        String page = Files.readString(Path.of(System.getProperty("test.docs"), "control.md"));
        assertTrue(page.lines().anyMatch(line -> line.startsWith("| ") && line.split("\\|")[1].contains("`" + command)), command);
    }
}

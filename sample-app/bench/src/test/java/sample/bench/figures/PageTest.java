package sample.bench.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Blocks are generated, stale ones are found, and what cannot be generated is said in one sentence. */
class PageTest {

    private static final String SAMPLES = """
            {"samples": [
              {"jdk": 17, "program": "hello", "agent": "none", "userMs": 40, "sysMs": 20},
              {"jdk": 17, "program": "hello", "agent": "usr1", "userMs": 90, "sysMs": 30},
              {"jdk": 17, "program": "hello", "agent": "none", "userMs": 42, "sysMs": 20},
              {"jdk": 17, "program": "hello", "agent": "usr1", "userMs": 80, "sysMs": 20},
              {"jdk": 17, "program": "hello", "agent": "none", "userMs": 99, "sysMs": 20},
              {"jdk": 17, "program": "hello", "agent": "usr1", "userMs": 70, "sysMs": 20},
              {"jdk": 25, "program": "proxy", "agent": "none", "cached": true, "userMs": 100, "sysMs": 0, "wallMs": 200},
              {"jdk": 25, "program": "proxy", "agent": "empty", "cached": true, "userMs": 110, "sysMs": 0, "wallMs": 210},
              {"jdk": 25, "program": "proxy", "agent": "usr1", "cached": true, "userMs": 140, "sysMs": 0, "wallMs": 250}
            ]}
            """;
    private static final String TABLE = """
            | program | agent            | jdk | starts | CPU ms (median) | min | max | more than no agent | than an empty one | wall ms (median) |
            | ------- | ---------------- | --: | -----: | --------------: | --: | --: | -----------------: | ----------------: | ---------------: |
            | hello   | none             |  17 |      3 |              62 |  60 | 119 |                    |                   |                  |
            | hello   | usr1             |  17 |      3 |             100 |  90 | 120 |                 38 |                   |                  |
            | proxy   | none, AOT cache  |  25 |      1 |             100 | 100 | 100 |                    |                   |              200 |
            | proxy   | empty, AOT cache |  25 |      1 |             110 | 110 | 110 |                 10 |                   |              210 |
            | proxy   | usr1, AOT cache  |  25 |      1 |             140 | 140 | 140 |                 40 |                30 |              250 |
            """;
    private static final String PAGE = "# Cost\n<!-- figures:startup -->\n\n" + TABLE + "\n<!-- /figures:startup -->\nend\n";

    @TempDir
    private Path root;

    @BeforeEach
    void keepRawFigures() throws IOException {
        Files.createDirectories(root.resolve("docs/figures"));
        Files.writeString(root.resolve("docs/figures/startup.json"), SAMPLES);
    }

    @Test
    void aFreshPageStaysAsItIs() throws IOException {
        page("docs/cost.md", PAGE);
        assertEquals(0, figures());
    }

    @Test
    void aStaleBlockIsFoundAndWrittenAnew() throws IOException {
        Path readme = page("README.md", PAGE.replace("119", "118"));
        assertEquals(1, figures());
        assertEquals(0, figures("--write"));
        assertEquals(PAGE, Files.readString(readme));
        assertEquals(0, figures());
    }

    @Test
    void whatWasMeasuredIsKeptOnlyIfAsked() throws IOException {
        page("docs/cost.md", PAGE);
        Files.createDirectories(root.resolve("target"));
        Files.writeString(root.resolve("target/startup.json"), SAMPLES.replace("99", "98"));
        assertEquals(0, figures("--write"));
        assertEquals(SAMPLES, Files.readString(root.resolve("docs/figures/startup.json")));
        assertEquals(0, figures("--keep", "--write"));
        assertEquals(SAMPLES.replace("99", "98"), Files.readString(root.resolve("docs/figures/startup.json")));
        assertEquals(PAGE.replace("119", "118"), Files.readString(root.resolve("docs/cost.md")));
    }

    @Test
    void anEmptyBlockIsFilled() throws IOException {
        Path page = page("docs/cost.md", "# Cost\n<!-- figures:startup -->\n<!-- /figures:startup -->\nend\n");
        assertEquals(0, figures("--write"));
        assertEquals(PAGE, Files.readString(page));
    }

    @Test
    void whatCannotBeGeneratedIsOneSentence() {
        assertRefused("<!-- figures:speed -->\n<!-- /figures:speed -->\n", "there are no figures called 'speed'; known are demo, startup, wake, costs, recording, pools, locks, endtoend, memory, proxies, goals.");
        assertRefused("<!-- figures:demo -->\n<!-- /figures:demo -->\n", "the block 'demo' needs ");
        assertRefused("<!-- figures:startup -->\n", "found 1 marks that open and 0 that close a block, which make 0 blocks");
        assertRefused("<!-- /figures:startup -->\n", "found 0 marks that open and 1 that close");
        assertRefused("<!-- figures:startup -->\n<!-- figures:startup -->\n<!-- /figures:startup -->\n", "found 2 marks that open and 1");
    }

    private void assertRefused(String text, String sentence) {
        Page page = new Page(Path.of("page.md"), text);
        String found = assertThrows(FiguresFailure.class, () -> page.generated(root)).getMessage();
        assertTrue(found.startsWith("page.md: " + sentence), found);
    }

    private Path page(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }

    private int figures(String... options) {
        String[] args = Arrays.copyOf(options, options.length + 1);
        args[options.length] = root.toString();
        return new CommandLine(new Figures()).setOut(new PrintWriter(Writer.nullWriter())).execute(args);
    }
}

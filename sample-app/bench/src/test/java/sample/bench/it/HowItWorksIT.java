package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.testing.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The woven wake in {@code docs/how-it-works.md} is the sample's source with what {@code check --show} says of each line. */
class HowItWorksIT {

    private static final String OPEN = "<!-- shown:wake -->\n```java\n";
    private static final String CLOSE = "```\n<!-- /shown:wake -->";
    private static final Path SOURCE = ProxyCommand.TARGET.resolveSibling("proxy/src/main/java/sample/proxy/ReentrantWake.java");
    private static final int COLUMN = 56;

    @Test
    void thePageShowsWhatCheckShows() throws IOException, InterruptedException {
        String page = Files.readString(Path.of(System.getProperty("test.docs"), "how-it-works.md"));
        assertTrue(page.contains(OPEN) && page.contains(CLOSE), "the page has the block's marks");
        String block = page.substring(page.indexOf(OPEN) + OPEN.length(), page.indexOf(CLOSE));
        assertEquals(block(), block, "docs/how-it-works.md: put the expected text between the marks");
    }

    private static String block() throws IOException, InterruptedException {
        JsonNode wake = wake();
        Map<Integer, String> said = new TreeMap<>();
        wake.get("changes").forEach(change -> said.merge(change.get("line").asInt(), change.get("now").asText(), (one, more) -> one + ", " + more));
        wake.get("notReached").forEach(line -> said.put(line.asInt(), "not reached"));
        assertTrue(said.size() >= 6, said::toString);
        List<String> source = Files.readAllLines(SOURCE);
        int line = 0;
        while (!source.get(line).contains(" wake(")) {
            line++;
        }
        StringBuilder block = new StringBuilder("// ").append(wake.get("what").asText()).append('\n');
        String end = source.get(line).replaceAll("\\S.*", "") + "}";
        for (; !source.get(line - 1).equals(end); line++) {
            String code = source.get(line).replaceFirst("^    ", "").replaceFirst(" // .*", "");
            String what = said.remove(line + 1);
            block.append(what == null ? code : String.format("%-" + COLUMN + "s// %s", code, what)).append('\n');
        }
        assertEquals(Map.of(), said, "lines that are not the wake's");
        return block.toString();
    }

    private static JsonNode wake() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jdks.all().get(0).java(), "-jar", ProxyCommand.AGENT.toString(), "check", "--show", "--json"));
        command.addAll(List.of("--target", ProxyCommand.TARGET.toString(), "--classpath", ProxyCommand.PROXY.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), json);
        JsonNode classes = new ObjectMapper().readTree(json).get("targets").get(0).get("classes");
        return StreamSupport.stream(classes.spliterator(), false).filter(type -> type.toString().contains("ReentrantWake"))
                .map(type -> type.get("methods").get(0)).findFirst().orElseThrow();
    }
}

package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usr1.entry.Option;
import io.usr1.entry.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said of the options, in the docs and by the command, is what the code has. */
class OptionsTableTest {

    @Test void docsSayTheSame() throws IOException {
        List<String> rows = Files.readAllLines(Path.of(System.getProperty("test.docs"), "options.md")).stream()
                .filter(line -> line.startsWith("| `usr1.")).toList();
        assertEquals(Arrays.stream(Option.values()).map(OptionsTableTest::row).toList(), rows);
    }

    @Test void theCommandPrintsARowEach() {
        Ran ran = Ran.cli("options");
        assertEquals(0, ran.code());
        assertEquals(Option.values().length + 1, ran.outLines().size());
        assertTrue(ran.outLines().get(1).matches("usr1\\.mode {2,}bypass {2,}off, observe, audit or bypass {2,}what woven .*"), ran::out);
    }

    @Test void jsonSaysTheSame() throws IOException {
        JsonNode options = new ObjectMapper().readTree(Ran.cli("options", "--json").out()).get("options");
        assertEquals(Option.values().length, options.size());
        for (Option option : Option.values()) {
            JsonNode row = options.get(option.ordinal());
            assertEquals(Options.PREFIX + option.key(), row.get("property").asText());
            assertEquals(option.otherwise(), row.get("default").asText());
            assertEquals(option.allowed(), row.get("allowed").asText());
            assertEquals(option.what(), row.get("what").asText());
        }
    }

    private static String row(Option option) {
        String allowed = option.words() == null ? option.allowed()
                : Arrays.stream(option.words()).map(word -> "`" + word + "`").collect(Collectors.joining(" "));
        return "| `" + Options.PREFIX + option.key() + "` | " + option.otherwise() + " | " + allowed + " | " + option.what() + " |";
    }
}

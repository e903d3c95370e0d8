package sample.bench.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/lineage.md shows each site as the agent weaves it: its blocks between {@code <!-- woven:CLASS#METHOD -->} and
 * {@code <!-- /woven -->} are what {@code check --show} says of the sample proxy today. {@code -Dlineage.write=true} writes them anew.
 */
class LineageIT {

    private static final Pattern BLOCK = Pattern.compile("<!-- woven:(\\w+)#(\\w+) -->\n[\\s\\S]*?<!-- /woven -->");

    @Test
    void showsWhatIsWoven() throws IOException, InterruptedException {
        Path page = Path.of(System.getProperty("test.docs")).resolve("lineage.md");
        String text = Files.readString(page);
        String shown = shown();
        List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
        assertTrue(blocks.size() >= 4, "the page has lost its blocks");
        String today = BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(block(block.group(1), block.group(2), shown)));
        if (Boolean.getBoolean("lineage.write")) {
            Files.writeString(page, today);
        } else {
            assertEquals(today, text, "-Dit.test=LineageIT -Dlineage.write=true writes the page's blocks anew");
        }
    }

    private static String shown() throws IOException, InterruptedException {
        Process check = new ProcessBuilder(Jdks.stream().findFirst().orElseThrow().java(), "-jar", ProxyCommand.AGENT.toString(), "check", "--show",
                "--target", ProxyCommand.TARGET.toString(), "-cp", ProxyCommand.PROXY.toString()).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), said);
        return said;
    }

    private static String block(String owner, String method, String shown) {
        int from = shown.indexOf("\nclass sample.proxy." + owner + "\n");
        int to = shown.indexOf("\nclass ", from + 1);
        assertTrue(from >= 0, "nothing is woven in " + owner);
        String ofClass = shown.substring(from, to < 0 ? shown.length() : to);
        for (String paragraph : ofClass.split("\n\n")) {
            if (paragraph.startsWith("  " + method + "(")) {
                return "<!-- woven:" + owner + "#" + method + " -->\n```\n" + withoutLineNumbers(paragraph).strip() + "\n```\n<!-- /woven -->";
            }
        }
        throw new AssertionError("nothing is woven in " + owner + "#" + method + ": " + ofClass);
    }

    /** A line more in the source is no other weave. */
    private static String withoutLineNumbers(String paragraph) {
        return paragraph.replaceAll("(?m)^    line \\d+  ", "    ").replaceAll("(?m)^    not reached then: .*\n", "")
                .replaceAll("(?m)^    [\\d ]{4}(?=\\S)", "        ").replaceAll("(?m) +$", "").replaceAll("(?m)^  ", "");
    }
}

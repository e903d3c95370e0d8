package io.usr1.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the worked example each target is followed by what {@code check} says of it. It does. */
class WriteYourOwnTest {

    private static final Pattern STEP = Pattern.compile("```yaml\n(.*?)```\n```\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Test void eachOutputIsThatOfCheck() throws IOException {
        Path file = folder.resolve("my-pool.yaml");
        Matcher steps = STEP.matcher(Files.readString(Path.of(System.getProperty("test.docs"), "targets", "write-your-own.md")));
        List<Integer> codes = new ArrayList<>();
        while (steps.find()) {
            Files.writeString(file, steps.group(1));
            Ran ran = Ran.cli("check", "--target", file.toString(), "--classpath", Ran.CLASSES);
            assertEquals(sameDigest(steps.group(2)), sameDigest((ran.out() + ran.err()).replace(file.toString(), "my-pool.yaml").replace(System.lineSeparator(), "\n")));
            codes.add(ran.code());
        }
        assertEquals(List.of(0, 2, 1, 1, 0), codes);
    }

    /** Which bytes a compiler writes for the example is its own business. */
    private static String sameDigest(String output) {
        return output.replaceAll("fingerprint: [0-9a-f]{64}", "fingerprint: ...");
    }
}

package io.usr1.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings files as each JDK's own tool reads them, options and all. */
class SettingsFilesIT {

    @TempDir private Path folder;

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void valuesAreWhatTheOptionsMakeByDefault(Jdk jdk) throws Exception {
        for (String name : List.of("usr1.jfc", "usr1-detailed.jfc")) {
            assertEquals(EventTypesTest.settingsFile(name), configured(jdk, name), name);
        }
    }

    @ParameterizedTest @MethodSource("io.usr1.testing.Jdks#stream")
    void levelMakesOneFileOfTheOther(Jdk jdk) throws Exception {
        assertEquals(EventTypesTest.settingsFile("usr1-detailed.jfc"), configured(jdk, "usr1.jfc", "usr1-level=detailed", "usr1-threshold=0ns"));
        assertEquals(EventTypesTest.settingsFile("usr1.jfc"), configured(jdk, "usr1-detailed.jfc", "usr1-level=default", "usr1-threshold=10us"));
        assertEquals("10 s", configured(jdk, "usr1.jfc", "usr1-period=10s").get("io.usr1.PoolStatistics#period"));
        Map<String, String> off = configured(jdk, "usr1.jfc", "usr1-level=off");
        Set<String> enabled = new TreeSet<>();
        off.forEach((setting, value) -> {
            if (setting.endsWith("#enabled") && !value.equals("false")) {
                enabled.add(setting);
            }
        });
        assertEquals(Set.of(), enabled);
    }

    /** Settings with the spaces out of the values: the tool writes the time that was given it as it was given. */
    private Map<String, String> configured(Jdk jdk, String name, String... options) throws Exception {
        Path input = folder.resolve(name);
        Path output = folder.resolve("configured.jfc");
        Files.deleteIfExists(output);
        Files.deleteIfExists(input);
        try (InputStream shipped = Chunks.class.getResourceAsStream(name)) {
            Files.copy(shipped, input);
        }
        List<String> command = new ArrayList<>(List.of(jdk.tool("jfr"), "configure", "--input", input.toString(), "--output", output.toString()));
        command.addAll(List.of(options));
        assertEquals("Configuration written successfully to:\n" + output, run(command).strip(), "a warning, or worse");
        Map<String, String> settings = Configuration.create(output).getSettings();
        settings.replaceAll((setting, value) -> setting.endsWith("#threshold") || setting.equals("io.usr1.PoolStatistics#period") ? value.replaceAll("^(\\d+) *([a-z]+)$", "$1 $2") : value);
        assertTrue(settings.size() > 10, settings::toString);
        return settings;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}

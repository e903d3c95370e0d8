package io.usr1.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.runtime.Mode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    @Test void hasDefaults() throws OptionException {
        Options options = read(null, Map.of());
        assertEquals(Mode.BYPASS, options.mode());
        assertEquals(List.of(), options.targetFiles());
        assertEquals("error", options.logLevel());
        assertNull(options.countersFile());
    }

    @Test void aPropertyWinsOverAnArgument() throws OptionException {
        Options options = read("mode=observe,log=info", Map.of("usr1.mode", "Audit", "usr1.targets", "a.yaml" + File.pathSeparator + "b.yaml"));
        assertEquals(Mode.AUDIT, options.mode());
        assertEquals("info", options.logLevel());
        assertEquals(List.of(new File("a.yaml"), new File("b.yaml")), options.targetFiles());
    }

    @Test void saysWhatIsWrong() {
        assertEquals("usr1.mode is 'bypas'; expected off, observe, audit or bypass", problem(null, Map.of("usr1.mode", "bypas")));
        assertEquals("usr1.counters is 'all'; expected cheap, exact or off", problem("counters=all", Map.of()));
        assertEquals("usr1.breaker is 'tripped'; expected on or off", problem("breaker=tripped", Map.of()));
        assertEquals("usr1.log is 'loud'; expected off, error, info or debug", problem("log=loud", Map.of()));
        assertEquals("usr1.events is 'on'; expected off, default or detailed", problem("events=on", Map.of()));
        for (String wrong : List.of("", "s", "0s", "-1s", "10", "10 s", "1h", "1.5s", "9999999s", "\u0661s")) {
            assertEquals("usr1.statistics.period is '" + wrong + "'; expected whole seconds or minutes, as 10s or 1m", problem(null, Map.of("usr1.statistics.period", wrong)));
        }
        assertEquals("the agent argument 'bypass' is no key=value", problem("bypass", Map.of()));
        assertTrue(problem(null, Map.of("usr1.mod", "off")).startsWith("there is no option 'usr1.mod'; the options are usr1.breaker, usr1.builtins, usr1.counters, usr1.counters.file"));
    }

    @Test void recordsAllUnlessItIsLimited() throws OptionException {
        assertEquals("detailed", read(null, Map.of()).events());
        assertEquals(0, read(null, Map.of()).statisticsSeconds());
        Options limited = read("events=default,statistics.period=2m", Map.of("usr1.events", "OFF"));
        assertEquals("off", limited.events());
        assertEquals(120, limited.statisticsSeconds());
        assertEquals(999_999, read("statistics.period=999999s", Map.of()).statisticsSeconds());
    }

    @Test void aTargetHasAModeOfItsOwn() throws OptionException {
        Options options = read("target.a.mode=audit", Map.of("usr1.mode", "off", "usr1.target.b.mode", ""));
        assertEquals(Mode.AUDIT, options.targetMode("a"));
        assertNull(options.targetMode("b"));
        assertFalse(options.allOff());
        assertTrue(read("target.a.mode=off", Map.of("usr1.mode", "off")).allOff());
        assertEquals("usr1.target.a.mode is 'on'; expected off, observe, audit or bypass", problem("target.a.mode=on", Map.of()));
    }

    @Test void takesTheTargetsOfAFolder(@TempDir Path folder) throws Exception {
        for (String name : List.of("b.yaml", "a.yml", "notes.txt")) {
            Files.createFile(folder.resolve(name));
        }
        assertEquals(List.of(folder.resolve("a.yml").toFile(), folder.resolve("b.yaml").toFile(), new File("c.yaml")),
                read("targets=" + folder + File.pathSeparator + "c.yaml", Map.of()).targetFiles());
    }

    private static String problem(String arguments, Map<String, String> properties) {
        return assertThrows(OptionException.class, () -> read(arguments, properties)).getMessage();
    }

    private static Options read(String arguments, Map<String, String> properties) throws OptionException {
        Properties all = new Properties();
        all.putAll(properties);
        return Options.read(arguments, all);
    }
}

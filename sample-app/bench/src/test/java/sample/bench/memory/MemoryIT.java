package sample.bench.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.usr1.testing.Jdks;
import io.usr1.testing.Jdks.Jdk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command for the sample proxy alone, on every JDK: what it finds is what weaving does, and every process is there. */
class MemoryIT {

    @TempDir
    private Path folder;

    @Test
    void measuresCarriersClassesAndProcesses() throws IOException {
        Path real = Path.of(System.getProperty("test.real"));
        Path raw = folder.resolve("memory.json");
        List<String> arguments = new ArrayList<>(List.of("--only", "sample proxy", "--forks", "1", "--requests", "100",
                "--proxy", System.getProperty("test.proxy.jar"), "--agent", System.getProperty("test.agent.jar"), "--target", System.getProperty("test.target"),
                "--empty", real.resolveSibling("sample-bench-startup.jar").toString(), "--real", real.toString(), "--out", raw.toString()));
        Jdks.stream().map(Jdk::home).forEach(home -> arguments.addAll(List.of("--java", home.toString())));
        StringWriter printed = new StringWriter();
        int status = new CommandLine(new Memory()).setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed)).execute(arguments.toArray(String[]::new));
        assertEquals(0, status, printed::toString);
        MemoryFigures figures = MemoryFigures.read(raw);
        assertTrue(printed.toString().contains(figures.aligned()), printed::toString);
        for (LibraryFootprint footprint : figures.libraries()) {
            check(footprint);
        }
        assertEquals(Jdks.stream().count() * 3 * 2, figures.processes().size(), "each agent at start and under load");
        assertTrue(figures.processes().stream().allMatch(one -> one.resident() > 64 << 10 && one.heap() > 0 && one.metaspace() > 0), printed::toString);
    }

    private static void check(LibraryFootprint footprint) {
        assertEquals(List.of("sample.proxy.Tasklet", "sample.proxy.TlsTasklet"), footprint.carriers().stream().map(LibraryFootprint.Change::name).toList());
        // A flag of four bytes; what it adds depends on the room that the fields before have left.
        footprint.carriers().forEach(carrier -> assertTrue(carrier.before() >= 16 && carrier.after() >= carrier.before() && carrier.after() % 8 == 0, footprint::toString));
        var woven = footprint.classes().stream().map(LibraryFootprint.Change::name).collect(Collectors.toSet());
        assertTrue(woven.containsAll(List.of("sample.proxy.Tasklet", "sample.proxy.IdleConns", "sample.proxy.BackConnection", "sample.proxy.ReentrantWake",
                "sample.proxy.MonitorWake", "sample.proxy.SpinWake")), footprint::toString);
        assertTrue(footprint.classes().stream().allMatch(one -> one.after() > one.before()), footprint::toString);
        assertTrue(footprint.metaspaceAfter() > footprint.metaspaceBefore(), footprint::toString);
    }
}

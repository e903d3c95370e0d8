package sample.bench.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command, as short as can be: what it measures is of no interest here, only that all arms run and count as they must. */
class EndToEndIT {

    @TempDir
    private Path folder;

    @Test
    void measuresAllArmsSideBySide() throws IOException {
        Path target = Path.of(System.getProperty("test.target"));
        Path raw = folder.resolve("endtoend.json");
        StringWriter printed = new StringWriter();
        int status = new CommandLine(new EndToEnd()).setCaseInsensitiveEnumValuesAllowed(true).setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed)).execute(
                "--quick", "--forks", "1", "--rounds", "1", "--warm", "1", "--requests", "200", "--clients", "24",
                "--proxy", System.getProperty("test.proxy.jar"), "--agent", System.getProperty("test.agent.jar"), "--target", target.toString(),
                "--sources", target.resolveSibling("proxy/src/main/java").toString(), "--out", raw.toString());
        assertEquals(0, status, printed::toString);
        EndToEndFigures figures = EndToEndFigures.read(raw);
        assertTrue(printed.toString().contains(figures.aligned()), printed::toString);
        assertEquals(Arm.ALL, figures.samples().stream().map(Sample::arm).toList());
        for (Sample sample : figures.samples()) {
            assertTrue(sample.cpuNanos()[0] > 0 && sample.nanos()[0] > 0, sample::toString);
            assertEquals(List.of(), Theory.complaints(sample.setup(), sample.arm(), 400, sample.life()));
            if (sample.arm().flagged()) {
                assertEquals(sample.life().staleWakes() + sample.life().idleWakes(), sample.life().wakeLocks(), sample::toString);
            } else {
                assertTrue(sample.life().wakeLocks() > sample.life().requests(), sample::toString);
            }
        }
    }
}

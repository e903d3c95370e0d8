package sample.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** h2spec, all of its groups, against the client side, with either protocol on the origin's, without TLS and with. None of its cases may fail. */
class H2SpecIT {
    private static final Path H2SPEC = Path.of(System.getProperty("test.h2spec"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"H1, false", "H2, true"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "h2spec comes as a Linux program")
    void allCasesPass(Protocol back, boolean tls) throws Exception {
        try (TestOrigin origin = new TestOrigin(H2SpecIT::answer); TestProxy inner = TestProxy.to(origin).start();
                TestProxy proxy = TestProxy.to(back == Protocol.H1 ? origin.address() : inner.proxy.address()).protocol(back).loops(2)
                        .tls(tls ? TestTls.clients() : TlsSettings.NONE).start()) {
            File output = folder.resolve("h2spec.out").toFile();
            List<String> command = new ArrayList<>(List.of(program(), "-h", "127.0.0.1", "-p",
                    Integer.toString(proxy.proxy.address().getPort()), "-o", "5"));
            command.addAll(tls ? List.of("-t", "-k") : List.of());
            Process h2spec = new ProcessBuilder(command)
                    .redirectErrorStream(true).redirectOutput(output).start();
            try {
                assertTrue(h2spec.waitFor(5, TimeUnit.MINUTES), "h2spec did not end");
            } finally {
                h2spec.destroyForcibly();
            }
            String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
            assertEquals(0, h2spec.exitValue(), said);
            assertTrue(said.contains("145 tests, 145 passed, 0 skipped, 0 failed"), said);
        }
    }

    /** Long enough for the cases about windows. */
    private static void answer(TestOrigin.Talk talk) throws Exception {
        while (talk.read() != null) {
            talk.ok("x".repeat(100));
        }
    }

    /** Unpacked here, for the archive in the artifact has the program without a path of its own. */
    private String program() throws Exception {
        Process tar = new ProcessBuilder("tar", "xzf", H2SPEC.toString(), "-C", folder.toString()).inheritIO().start();
        assertEquals(0, tar.waitFor(), "tar cannot unpack " + H2SPEC);
        return folder.resolve("h2spec").toString();
    }
}

package sample.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.bench.stub.StubProxy;

/** No proxy and no origin outlives the demo, however it ends. */
@Timeout(120)
class ChildrenEndTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    void childrenEndWithTheDemo(String signal) throws Exception {
        try (DemoProcess demo = DemoProcess.start(directory, StubProxy.class, "--rounds", "1000000", "--requests", "50")) {
            String firstRound = demo.output().readLine();
            assertTrue(firstRound != null && firstRound.contains("bypass ok"), firstRound);
            List<ProcessHandle> children = demo.process().children().toList();
            assertEquals(4, children.size(), "origin and three proxies");

            new ProcessBuilder("kill", "-" + signal, String.valueOf(demo.process().pid())).start().waitFor();

            for (ProcessHandle child : children) {
                child.onExit().get(60, TimeUnit.SECONDS);
            }
            assertTrue(demo.process().waitFor() != 0);
        }
    }
}
